interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text with blanks in these ranges, which follow each other: offsets and lines stay. */
export function blanked(text: string, ranges: readonly Range[]): string {
  let code = '';
  let copied = 0;
  for (const { start, end } of ranges) {
    code += text.slice(copied, start) + blank(text.slice(start, end));
    copied = end;
  }
  return code + text.slice(copied);
}

/** As many blanks as a text has characters, on as many lines; a line at a time, which is far faster than a character. */
export function blank(text: string): string {
  if (!text.includes('\n')) return ' '.repeat(text.length);
  return text.replace(/[^\n]+/g, (line) => ' '.repeat(line.length));
}
