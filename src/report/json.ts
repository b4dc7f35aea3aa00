import type { ReportDocument } from './document.ts';

/** What JSON leaves as it is and a terminal or an editor may obey; inside strings an escape means the same. */
const UNSAFE = /[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The document as it is, for programs. */
export function renderJson(document: ReportDocument): string {
  return `${JSON.stringify(document, null, 2).replace(UNSAFE, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
