import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const REQUEST = /\b(?:from|import|require)(?=\s*[('"`/])/g;
/** What may stand between that word and the specifier. */
const BETWEEN = /[\s(]+|\/\*[\s\S]*?\*\/|\/\/.*/y;
const QUOTED = /['"`]([^'"`\n]+)['"`]/y;

/** What the files of code ask for by name: `from 'x'`, `import('x')`, `require('x')`; comments are read too. */
export function specifiersOf(repo: Repo, path: string): readonly string[] {
  return specifiers(repo)(path);
}

const specifiers = oncePer((repo: Repo) => {
  const known = new Map<string, readonly string[]>();
  return (path: string) => {
    let found = known.get(path);
    if (!found) {
      found = specifiersIn(repo.peek(path) ?? '');
      known.set(path, found);
    }
    return found;
  };
});

function specifiersIn(text: string): readonly string[] {
  return Array.from(text.matchAll(REQUEST), ({ 0: word, index }) =>
    specifierAt(text, index + word.length),
  ).filter((specifier) => specifier !== undefined);
}

function specifierAt(text: string, from: number): string | undefined {
  let at = from;
  for (BETWEEN.lastIndex = at; BETWEEN.test(text); ) at = BETWEEN.lastIndex;
  QUOTED.lastIndex = at;
  return QUOTED.exec(text)?.[1];
}

/** The last words of the specifiers in some files, and the files that hold them: read once for one list of files. */
export function specifierWords(repo: Repo, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return indexes(repo)(files).words;
}

/** The files of a list, in its order, that ask for something whose last word ends with one of these. */
export function filesThatSay(
  repo: Repo,
  files: readonly string[],
  endings: readonly string[],
): readonly string[] {
  const { words, byLetter } = indexes(repo)(files);
  const found = new Set<string>();
  for (const ending of endings)
    for (const word of byLetter.get(ending.slice(-1)) ?? [])
      if (word.endsWith(ending)) for (const file of words.get(word) ?? []) found.add(file);
  return found.size < 2 ? [...found] : files.filter((file) => found.has(file));
}

interface Index {
  readonly words: ReadonlyMap<string, readonly string[]>;
  /** The words by their last letter: a repository has thousands, and is asked about thousands of files. */
  readonly byLetter: ReadonlyMap<string, readonly string[]>;
}

const indexes = oncePer((repo: Repo) =>
  oncePer((files: readonly string[]): Index => {
    const words = readWords(repo, files);
    const byLetter = new Map<string, string[]>();
    for (const word of words.keys()) {
      const letter = word.slice(-1);
      const same = byLetter.get(letter);
      if (same) same.push(word);
      else byLetter.set(letter, [word]);
    }
    return { words, byLetter };
  }),
);

function readWords(repo: Repo, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of files) {
    if (!CODE.test(path)) continue;
    for (const specifier of specifiersOf(repo, path)) {
      const word = lastWord(specifier);
      const by = found.get(word);
      if (!by) found.set(word, [path]);
      else if (by.at(-1) !== path) by.push(path);
    }
  }
  return found;
}

/** `./a/b.js?raw` ends with b, `..` with dots. */
export function lastWord(specifier: string): string {
  const asked = specifier.indexOf('?');
  const name = (asked === -1 ? specifier : specifier.slice(0, asked)).replace(/\/$/, '');
  const word = name.slice(name.lastIndexOf('/') + 1);
  if (!word.includes('.')) return word;
  return /^\.+$/.test(word) ? '.' : word.replace(/\.[cm]?[jt]sx?$/, '');
}
