import { lazy } from '../repo/lazy.ts';
import { largeHunks } from './large-diff.ts';

/** A file before and after. Undefined means that it does not exist; texts are the file's own, CRLF and BOM included. */
export interface FileChange {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Permission bits of a file that is created or deleted; 0o644 when absent. */
  readonly mode?: number;
}

const CONTEXT = 3;
/** Past this many changed lines a minimal diff costs seconds. */
const MAX_EDIT_LENGTH = 1500;

/** The changes as one patch that `git apply` accepts, in the given order. A file that stays as it is yields nothing. */
export function unifiedDiff(files: readonly FileChange[]): string {
  return files.map(fileDiff).join('');
}

function fileDiff(file: FileChange): string {
  const { path, before, after } = file;
  if (before === after) return '';
  const [from, to] = [quotePath(`a/${path}`), quotePath(`b/${path}`)];
  const header = [`diff --git ${from} ${to}`];
  const mode = `100${(file.mode ?? 0o644) & 0o111 ? '755' : '644'}`;
  if (before === undefined) header.push(`new file mode ${mode}`);
  if (after === undefined) header.push(`deleted file mode ${mode}`);
  const hunks = formatHunks(before ?? '', after ?? '');
  if (hunks === '') return `${header.join('\n')}\n`;
  header.push(`--- ${before === undefined ? '/dev/null' : label(from)}`);
  header.push(`+++ ${after === undefined ? '/dev/null' : label(to)}`);
  return `${header.join('\n')}\n${hunks}`;
}

/** A tab ends a name with a space in it, as git writes it, or `patch` would cut the name there. */
function label(name: string): string {
  return name.includes(' ') ? `${name}\t` : name;
}

/** Git has no hunk for an empty file that comes or goes. */
function formatHunks(before: string, after: string): string {
  if (before === after) return '';
  const { structuredPatch, formatPatch, OMIT_HEADERS } = lazy.diff();
  const options = { context: CONTEXT, maxEditLength: MAX_EDIT_LENGTH };
  const patch = structuredPatch('', '', before, after, undefined, undefined, options);
  return patch ? formatPatch(patch, OMIT_HEADERS) : largeHunks(before, after, CONTEXT);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** Quotes a name as git does with its default `core.quotePath`: C escapes, and octal for every byte past ASCII. */
function quotePath(name: string): string {
  if (/^[ !#-[\]-~]*$/.test(name)) return name;
  const bytes = Array.from(Buffer.from(name, 'utf8'), quoteByte);
  return `"${bytes.join('')}"`;
}

function quoteByte(byte: number): string {
  const character = String.fromCharCode(byte);
  const short = ESCAPES[character];
  if (short) return short;
  return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : character;
}
