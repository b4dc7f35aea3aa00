/**
 * What a terminal or a reader's eye could be tricked with: control characters (C0, DEL, C1), line and paragraph
 * separators, and the marks that reorder text (Trojan Source, CVE-2021-42574).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const DANGEROUS = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line that shows text of the target without obeying it: every control character is written as an escape. */
export function visible(text: string): string {
  return text.replace(DANGEROUS, escaped);
}

/** The same for a line of a diff, where tabs are layout and a trailing CR is the file's line end. */
export function visibleLine(line: string): string {
  return line.replace(/\r$/, '').split('\t').map(visible).join('\t');
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return SHORT[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
