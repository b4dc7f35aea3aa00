import { insertion, NOTHING_TO_DO, type Spans } from './outcome.ts';

/** A line without its line end. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The lines of a text. What follows the final newline is no line. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    lines.push({ text: text.slice(start, end), start, end });
    start = end + 1;
  }
  return lines;
}

/** A block of lines for the end of the text; a missing final newline stays missing. */
export function appendBlock(text: string, block: string): Spans {
  const open = text !== '' && !text.endsWith('\n');
  return { spans: [insertion(text.length, open ? `\n${block}` : `${block}\n`)] };
}

/**
 * Appends the lines that are missing, to an ignore file for example, under a comment line of their own.
 * A line that stands there with other space around it is there.
 */
export function appendLines(text: string, lines: readonly string[], comment?: string): Spans {
  const present = new Set(linesOf(text).map((line) => line.text.trim()));
  const missing = lines.filter((line) => !present.has(line.trim()));
  if (missing.length === 0) return NOTHING_TO_DO;
  const headed = comment === undefined || present.has(comment.trim()) ? missing : [comment, ...missing];
  const blank = comment !== undefined && /\S\n*$/.test(text) && !text.endsWith('\n\n') ? '\n' : '';
  return appendBlock(text, blank + headed.join('\n'));
}

/** Puts a block of lines before the one line that reads like the anchor; refuses when that is not one line. */
export function insertBefore(text: string, anchor: string | RegExp, block: string): Spans {
  const line = uniqueLine(text, anchor);
  if ('refused' in line) return line;
  if (`\n${text.slice(0, line.start)}`.endsWith(`\n${block}\n`)) return NOTHING_TO_DO;
  return { spans: [insertion(line.start, `${block}\n`)] };
}

/** Puts a block of lines after the one line that reads like the anchor; refuses when that is not one line. */
export function insertAfter(text: string, anchor: string | RegExp, block: string): Spans {
  const line = uniqueLine(text, anchor);
  if ('refused' in line) return line;
  if (`${text.slice(line.end)}\n`.startsWith(`\n${block}\n`)) return NOTHING_TO_DO;
  return { spans: [insertion(line.end, `\n${block}`)] };
}

/** A string is compared without the space around the line, a pattern with the line as it is. */
function uniqueLine(text: string, anchor: string | RegExp): Line | { readonly refused: string } {
  const found = linesOf(text).filter((line) =>
    typeof anchor === 'string' ? line.text.trim() === anchor.trim() : line.text.search(anchor) !== -1,
  );
  const [line] = found;
  if (line && found.length === 1) return line;
  const what = typeof anchor === 'string' ? `"${anchor.trim()}"` : String(anchor);
  return { refused: line ? `${found.length} lines read ${what}, not one` : `no line reads ${what}` };
}
