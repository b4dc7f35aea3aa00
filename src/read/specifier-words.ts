import type { Repo } from '../repo/repo.ts';

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const SPECIFIERS = /\b(?:from|import|require)\s*\(?\s*(?:\/\*[\s\S]*?\*\/\s*)?['"`]([^'"`\n]+)['"`]/g;
const words = new WeakMap<Repo, WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>>();

/** The last words of the specifiers in some files, and the files that hold them: read once for one list of files. */
export function specifierWords(repo: Repo, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const known = words.get(repo) ?? new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>();
  words.set(repo, known);
  const ready = known.get(files);
  if (ready) return ready;
  const found = new Map<string, string[]>();
  for (const path of files) {
    if (!CODE.test(path)) continue;
    for (const [, specifier = ''] of (repo.peek(path) ?? '').matchAll(SPECIFIERS)) {
      const word = lastWord(specifier);
      const by = found.get(word);
      if (!by) found.set(word, [path]);
      else if (by.at(-1) !== path) by.push(path);
    }
  }
  known.set(files, found);
  return found;
}

/** `./a/b.js?raw` ends with b, `..` with dots. */
export function lastWord(specifier: string): string {
  const name = specifier.replace(/\?.*$/, '').replace(/\/$/, '');
  const word = name.slice(name.lastIndexOf('/') + 1);
  return /^\.+$/.test(word) ? '.' : word.replace(/\.[cm]?[jt]sx?$/, '');
}
