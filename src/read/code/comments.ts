import { blank, blanked } from '../../repo/code/blank.ts';
import { parsedPiece } from '../../repo/code/texts.ts';
import type { Repo } from '../../repo/repo.ts';

export { blank };

const CODE = /\.[cm]?[jt]sx?$/;

/** Languages in which a line that begins with `#` is a comment. */
const HASHED = /\.(?:sh|bash|ps1|ya?ml|toml|py|rb|env[\w.]*)$|(^|\/)(?:Dockerfile|Makefile|Procfile)[^/]*$/;

/**
 * The text of a file with blanks for its comments: offsets and lines stay, code that was commented out is no evidence.
 * In other languages than JavaScript and TypeScript those are the lines that begin as a comment does. '' where there is
 * nothing to read.
 */
export function withoutComments(repo: Repo, path: string): string {
  const text = repo.peek(path) ?? '';
  if (CODE.test(path)) return mayHoldComments(text) ? repo.code(path).withoutComments : text;
  return text.replace(HASHED.test(path) ? /^[ \t]*#[^\n]*/gm : /^[ \t]*\/\/[^\n]*/gm, blank);
}

/**
 * The same for code of which only the text is known. A piece that cannot stand alone as a program (a method, a
 * property) is read up to where it cannot, so that a slice of `withoutComments` is better where the file is known.
 */
export function blankComments(text: string): string {
  return mayHoldComments(text) ? blanked(text, parsedPiece(text).comments) : text;
}

/** Most files without comments hold an address: `https://`. */
function mayHoldComments(text: string): boolean {
  return /(?<!https?:)\/\/|\/\*/.test(text);
}
