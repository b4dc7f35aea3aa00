import type { Repo } from '../../contract.ts';
import { escaped } from '../../repo/escaped.ts';
import { withoutComments } from '../code/comments.ts';

const FILE_WRITE = /\bwriteFile(?:Sync)?\(\s*([\w.]+)?/g;
/** A folder's name, not the event that a stream fires. */
const DATA_FOLDER = /DATA_DIR|(?<!\bon(?:ce)?\(\s{0,20})['"`](?:[^'"`\n]*\/)?\.?[\w-]*(?<!form-)data['"`/]/;
/** What is handed on and then removed is kept elsewhere. */
const HANDED_ON = /upload|PutObject|createReadStream|sendFile|sendMail/i;
const REMOVES = /\b(?:rm|rmSync|unlink|unlinkSync|rmdir|rmdirSync|remove\w*|cleanup\w*)\(/;

/** The folder that a path begins with. */
const STANDS_IN = /=\s*`\$\{(\w+)|\b(?:join|resolve)\(\s*(\w+)\s*,/;

/** Where a file of code writes a data file that stays; undefined where it writes none. */
export function keptFile(repo: Repo, file: string): number | undefined {
  if (!repo.mentions(file, 'writeFile') || !repo.mentions(file, DATA_FOLDER) || /backup/i.test(file))
    return undefined;
  const code = withoutComments(repo, file);
  return [...code.matchAll(FILE_WRITE)].find(({ index, 1: target }) => !isTemporary(code, index, target))
    ?.index;
}

/** The function that writes the file hands it on and removes it, or the folder that it stands in. */
function isTemporary(code: string, at: number, target: string | undefined): boolean {
  if (target === undefined) return false;
  const around = functionAround(code, at);
  const made = around.split('\n').find((line) => line.includes(`const ${target} =`)) ?? '';
  const folder = STANDS_IN.exec(made);
  const names = [target, folder?.[1] ?? folder?.[2] ?? target].map(
    (name) => new RegExp(`\\b${escaped(name)}\\b`),
  );
  const about = around.split('\n').filter((line) => names.some((name) => name.test(line)));
  return (
    HANDED_ON.test(around) &&
    about.some((line) => REMOVES.test(line)) &&
    !about.some((line) => /\brename(?:Sync)?\(/.test(line))
  );
}

/** The lines of the outermost function around an offset; a class is none. */
function functionAround(code: string, at: number): string {
  const lines = code.split('\n');
  const own = code.slice(0, at).split('\n').length - 1;
  let first = own;
  let depth = indentOf(lines[own]);
  for (let index = own - 1; index >= 0 && depth > 0; index -= 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '' || indentOf(line) >= depth) continue;
    if (/\bclass\s/.test(line)) break;
    depth = indentOf(line);
    first = index;
  }
  const end = lines.findIndex((line, index) => index > own && line.trim() !== '' && indentOf(line) <= depth);
  return lines.slice(first, end === -1 ? lines.length : end).join('\n');
}

function indentOf(line = ''): number {
  return line.length - line.trimStart().length;
}
