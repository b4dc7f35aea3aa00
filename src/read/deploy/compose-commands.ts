import { oncePer } from '../../repo/once.ts';
import { dirname, join } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { isMaterial, standingOf } from '../../repo/standing.ts';
import { effectOf, SCRIPT, type Script, withoutComments } from './compose-effects.ts';
import { type ComposeHead, headsIn } from './compose-heads.ts';
import { documentOf } from './env-file.ts';
import { exportsBefore, type ShellExports } from './shell-exports.ts';
import { candidatesFor, type ShellScope } from './shell-paths.ts';
import { type ShellVariable, type ShellWord, variablesOf, wordsFrom } from './shell-words.ts';

/** One call of Docker Compose in a shell script. Offsets are those of the script's text. */
export interface ComposeCommand {
  readonly script: string;
  readonly at: number;
  /** After the words that name the program: where its options go. */
  readonly options: number;
  /** The Compose files that it reads, as paths of the repository; a later one is laid over an earlier. */
  readonly files: readonly string[];
  /** The word behind its first `-f`, as written. */
  readonly fileWord: string | undefined;
  /** What it names as `--env-file`; undefined where it names none, `unknown` where that cannot be told. */
  readonly envFiles: readonly string[] | 'unknown' | undefined;
  /** The folder whose `.env` is read where no env file is named. */
  readonly folder: string;
  /** It creates containers or images, so that what Compose fills in counts. */
  readonly creates: boolean;
  /** The services that it is about; none named: all of them. */
  readonly services: readonly string[];
  /** It runs elsewhere, on another machine for instance: no splice there is safe. */
  readonly isQuoted: boolean;
  /** What the script hands to it in the shell's environment. */
  readonly exports: ShellExports;
  /** `up`, `exec`; undefined where that cannot be told. */
  readonly command: string | undefined;
  /** The variables that the script has set before, each to one thing. */
  readonly variables: ReadonlyMap<string, string>;
  /** The paths of the repository that a word of the script may stand for, the likeliest first. */
  pathsOf(word: string): readonly string[];
}

/** Options of Compose itself that take a word. */
const TAKES_WORD =
  /^(?:-f|--file|-p|--project-name|--project-directory|--profile|--env-file|--ansi|--parallel|--progress)$/;
const DEFAULT_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** Every call of Compose in the shell scripts of a repository. */
export const composeCommands = oncePer((repo: Repo): readonly ComposeCommand[] =>
  repo
    .find(SCRIPT)
    .filter(
      (path) =>
        !isMaterial(path) &&
        standingOf(path) !== 'docs' &&
        repo.mentions(path, /docker[ \t]+compose|docker-compose/),
    )
    .flatMap((script) => {
      const text = withoutComments(repo.text(script));
      const variables = variablesOf(text);
      return headsIn(text, variables).map((head) => readCommand(repo, { script, text, variables }, head));
    }),
);

function readCommand(repo: Repo, from: Script, head: ComposeHead): ComposeCommand {
  const { script, text } = from;
  const variables = from.variables.filter(({ start }) => start < head.start);
  const scope: ShellScope = { script, variables: knownValues(variables) };
  const { options, rest } = split(wordsFrom(text, head.end));
  const exports = exportsBefore(text.slice(0, head.start), scope, variables);
  const folders = [...workingFolders(text.slice(0, head.start), scope), '', dirname(script)];
  const named = options.filter(({ name }) => name === '-f' || name === '--file').map(({ word }) => word);
  const pathsOf = (word: string) => candidatesFor(word, scope, folders);
  const pick = (word: string) => pathsOf(word).find((path) => repo.exists(path));
  const files =
    named.length > 0 ? named.flatMap((word) => pick(word) ?? []) : defaultFiles(repo, exports, folders, pick);
  const project = options.find(({ name }) => name === '--project-directory')?.word;
  return {
    script,
    at: head.start,
    options: head.end,
    files: named.length > 0 && files.length < named.length ? [] : files,
    fileWord: named[0],
    envFiles: envFilesOf(repo, options, exports, pathsOf),
    folder: (project === undefined ? undefined : pathsOf(project)[0]) ?? dirname(files[0] ?? ''),
    ...effectOf(repo, from, head.start, rest),
    isQuoted: head.isQuoted,
    exports,
    variables: scope.variables,
    pathsOf,
  };
}

/** A variable that is set to different things has no value that could be told. */
function knownValues(variables: readonly ShellVariable[]): ReadonlyMap<string, string> {
  const values = new Map(variables.map(({ name, raw }) => [name, raw]));
  for (const { name, raw, isList } of variables) if (isList || values.get(name) !== raw) values.delete(name);
  return values;
}

interface Option {
  readonly name: string;
  readonly word: string;
}

/** Compose's own options, and what follows them: the command and its options. */
function split(words: readonly ShellWord[]): { options: readonly Option[]; rest: readonly ShellWord[] } {
  const options: Option[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const raw = words[at]?.raw ?? '';
    if (!raw.startsWith('-')) break;
    const [name = '', joined] = raw.split(/=(.*)/s, 2);
    const takes = joined === undefined && TAKES_WORD.test(name);
    options.push({ name, word: joined ?? (takes ? (words[at + 1]?.raw ?? '') : '') });
    if (takes) at += 1;
  }
  return { options, rest: words.slice(at) };
}

/** The folders that the script may have gone to, the last first. */
function workingFolders(before: string, scope: ShellScope): readonly string[] {
  return [...before.matchAll(/(?:^|[;&|{]|(?<!\$)\()[ \t]*(?:cd|pushd)[ \t]+(?:--[ \t]+)?/gm)]
    .reverse()
    .flatMap((match) => {
      const [word] = wordsFrom(before, match.index + match[0].length);
      return word ? candidatesFor(word.raw, scope, ['', dirname(scope.script)]).slice(0, 1) : [];
    });
}

function defaultFiles(
  repo: Repo,
  { values }: ShellExports,
  folders: readonly string[],
  pick: (word: string) => string | undefined,
): readonly string[] {
  const exported = values.get('COMPOSE_FILE');
  if (exported !== undefined)
    return exported
      .replace(/["']/g, '')
      .split(':')
      .flatMap((word) => pick(word) ?? []);
  const [first] = folders
    .flatMap((folder) => DEFAULT_FILES.map((name) => join(folder, name)))
    .filter(repo.exists);
  return first === undefined ? [] : [first];
}

function envFilesOf(
  repo: Repo,
  options: readonly Option[],
  { values }: ShellExports,
  candidates: (word: string) => readonly string[],
): readonly string[] | 'unknown' | undefined {
  const words = options.filter(({ name }) => name === '--env-file').map(({ word }) => word);
  const exported = values.get('COMPOSE_ENV_FILES');
  const named = words.length > 0 || exported === undefined ? words : exported.replace(/["']/g, '').split(',');
  if (named.length === 0) return undefined;
  const paths = named.flatMap((word) => {
    const all = candidates(word.trim());
    return all.find((path) => documentOf(repo, path) !== undefined) ?? all[0] ?? [];
  });
  return paths.length === named.length ? paths : 'unknown';
}
