import { candidatesFor, expandWord, type ShellScope } from './shell-paths.ts';
import { type ShellVariable, wordsFrom } from './shell-words.ts';

/** What a script puts into the environment of the programs that it starts. */
export interface ShellExports {
  /** Variables by name, as written. */
  readonly values: ReadonlyMap<string, string>;
  /** Env files whose variables it exports, by the paths of the repository that they may be. */
  readonly files: readonly (readonly string[])[];
  /** It exports something that cannot be told. */
  readonly isUnknown: boolean;
}

const EXPORTS_ALL = /^[ \t]*set[ \t]+(?:-[^\Wa]*a\w*|-o[ \t]+allexport)\b/gm;
const ENDS_ALL = /^[ \t]*set[ \t]+(?:\+[^\Wa]*a\w*|\+o[ \t]+allexport)\b/gm;
const READS = /(?:^|[;&|{])[ \t]*(?:source|\.)[ \t]+/gm;
const EXPORTS_OUTPUT = /\b(?:export|env|eval|declare[ \t]+-x)[ \t]+["']?(?:\$\(|`)([^\n]*)/g;
const EXPORTS_NAMES = /\bexport[ \t]+([A-Za-z_]\w*(?:[ \t]+[A-Za-z_]\w*){0,100})[ \t]*$/gm;

/** Reads what a script has exported up to some place. */
export function exportsBefore(
  before: string,
  scope: ShellScope,
  variables: readonly ShellVariable[],
): ShellExports {
  const all = stretches(before);
  const isAll = (at: number) => all.some(([from, to]) => at > from && at < to);
  const read = [...before.matchAll(READS)]
    .filter(({ index }) => isAll(index))
    .map((match) => wordsFrom(before, match.index + match[0].length)[0]?.raw ?? '$');
  const output = [...before.matchAll(EXPORTS_OUTPUT)].map(([, command = '']) => fileIn(command, scope));
  const named = new Set(
    [...before.matchAll(EXPORTS_NAMES)].flatMap(([, names = '']) => names.trim().split(/\s+/)),
  );
  const exported = variables.filter(
    ({ name, start, isExported }) => isExported || named.has(name) || isAll(start),
  );
  const files = [...read, ...output].map((word) => candidatesFor(word, scope, ['']));
  return {
    values: new Map(exported.map(({ name, raw }) => [name, expandWord(raw, scope) ?? raw])),
    files,
    isUnknown: files.some((candidates) => candidates.length === 0),
  };
}

/** Where `set -a` holds. */
function stretches(text: string): readonly (readonly [from: number, to: number])[] {
  const ends = [...text.matchAll(ENDS_ALL)].map(({ index }) => index);
  return [...text.matchAll(EXPORTS_ALL)].map(({ index }) => [
    index,
    ends.find((end) => end > index) ?? Number.POSITIVE_INFINITY,
  ]);
}

/** The env file that a command prints: `grep -v '^#' .env | xargs`. */
function fileIn(command: string, scope: ShellScope): string {
  const words = command.split(/[\s|)`<]+/).filter((word) => word !== '' && !word.startsWith('-'));
  return words.find((word) => /\benv\b/i.test(expandWord(word, scope) ?? '')) ?? '$';
}
