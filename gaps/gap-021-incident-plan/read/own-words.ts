import { blank } from '../../../src/read/code/comments.ts';
import { sectionsOf } from '../../../src/read/documents/prose.ts';

/** A block of code in a document; one that nothing closes goes on to the end. */
export const FENCE = /^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\1|(?![\s\S]))/gm;
/** Code in a line. */
export const INLINE = /`[^`\n]+`/g;
/** A comment; one that nothing closes goes on to the end. */
const COMMENT = /<!--[\s\S]*?(?:-->|(?![\s\S]))/g;
const FORM = /template|example|sample|\bforms?\b|\bdrafts?\b/i;
const BLANK =
  /\bTBD\b|\bTODO\b|\[(?:your|name|phone|e-?mail|date|insert|company|team|contact)\b[^\]\n]{0,80}\](?![([:])|<(?:your|name|phone|e-?mail|contact|team)\b[^>@\n]{0,80}>|_{4,}|\bX{3,}(?:-X{2,}){0,9}\b|\{\{[^}\n]{1,80}\}\}/gi;

/** A place in a text, and what stands there. */
export interface Word {
  readonly at: number;
  readonly name: string;
}

/** A text without what its comments say. */
export function withoutComments(text: string): string {
  return text.replace(COMMENT, blank);
}

/**
 * What a plan says for itself: code, quotations, and the forms that it gives for later (a message to users, a
 * report) are blanks, because those may wait to be filled in. Offsets stay.
 */
export function ownWords(text: string): string {
  const said = withoutComments(text)
    .replace(FENCE, blank)
    .replace(INLINE, blank)
    .replace(/^[ \t]*>.*$/gm, blank);
  const parts: string[] = [];
  let end = 0;
  for (const { title, level, at, from, body } of sectionsOf(text)) {
    if (at < end || level === 1 || !FORM.test(title)) continue;
    const next = from + body.length;
    parts.push(said.slice(end, at), blank(said.slice(at, next)));
    end = next;
  }
  return [...parts, said.slice(end)].join('');
}

/** Places in a plan's own words that nobody has filled in, one a line. */
export function blanksIn(text: string): readonly Word[] {
  const said = ownWords(text);
  const lines = new Set<number>();
  return [...said.matchAll(BLANK)].flatMap(({ index, 0: name }) => {
    const line = said.lastIndexOf('\n', index);
    if (lines.has(line)) return [];
    lines.add(line);
    return [{ at: index, name }];
  });
}
