/** Strings and templates are matched so that what looks like a comment inside them is kept. */
const TOKENS =
  /\/\*[\s\S]*?(?:\*\/|$)|(?<![\\:])\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g;
/** Where a token may begin that is a comment, or hides one on another line. */
const BEGIN = /\/[/*]|`/g;

/**
 * A JavaScript or TypeScript text in which comments are blanks: offsets and lines stay, code that was commented
 * out is no evidence. Reads by tokens, not by grammar: an apostrophe in JSX text may hide a comment on its line.
 */
export function blankComments(text: string): string {
  if (!text.includes('//') && !text.includes('/*')) return text;
  const known = blanked.get(text);
  if (known !== undefined) return known;
  const code = withoutComments(text);
  if (blanked.size > MOST) blanked.clear();
  blanked.set(text, code);
  return code;
}

/** Several gaps ask for the same files, one after the other. */
const blanked = new Map<string, string>();
const MOST = 2000;

/** Strings end with their lines, so that tokens are read only on the lines on which a comment or a template begins. */
function withoutComments(text: string): string {
  let code = '';
  let copied = 0;
  let end = 0;
  for (let begin = beginFrom(text, 0); begin !== -1; begin = beginFrom(text, end)) {
    TOKENS.lastIndex = Math.max(end, text.lastIndexOf('\n', begin) + 1);
    do {
      const match = TOKENS.exec(text);
      if (!match) return code + text.slice(copied);
      end = TOKENS.lastIndex;
      if (match[0].startsWith('/')) {
        code += text.slice(copied, match.index) + blank(match[0]);
        copied = end;
      }
    } while (end <= begin);
  }
  return code + text.slice(copied);
}

function beginFrom(text: string, from: number): number {
  BEGIN.lastIndex = from;
  return BEGIN.exec(text)?.index ?? -1;
}

/** As many blanks, so that offsets and lines stay; a line at a time, which is far faster than a character. */
export function blank(text: string): string {
  if (!text.includes('\n')) return ' '.repeat(text.length);
  return text.replace(/[^\n]+/g, (line) => ' '.repeat(line.length));
}
