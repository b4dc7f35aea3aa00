import type { Repo, Workspace } from '../../../src/contract.ts';
import { peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { dirname, isInside, resolve } from '../../../src/repo/paths.ts';
import {
  ASSERTS,
  BRINGS_RUNNER,
  CALLED_TEST,
  INTERPRETER,
  NAMED_TEST,
  RUNS_TESTS,
  TEST_SCRIPT,
} from '../tables.ts';

/** What the test scripts of a package come to. */
export interface TestScripts {
  readonly workspace: Workspace;
  /** A test runner is called, or files that try something are run as they are. */
  readonly runs: boolean;
  /** The tests need no runner that is installed: they run by themselves, or the runtime brings one. */
  readonly needsNoRunner: boolean;
  /** The files that are run by their names, and what such a file runs in turn, where it says what. */
  readonly files: readonly string[];
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** Reads the scripts of a package that are there for its tests, through those that call others. */
export function testScriptsOf(repo: Repo, workspace: Workspace): TestScripts {
  const commands = testCommands(workspace.manifest.scripts);
  const named = commands.flatMap((command) => filesRun(repo, workspace.dir, command));
  const files = named.flatMap((path) => {
    const others = runBy(repo, workspace.dir, path).filter((each) => repo.mentions(each, ASSERTS));
    return others.length > 0 && !NAMED_TEST.test(path) ? others : [path, ...others];
  });
  const trying = [...new Set(files)].filter((path) => repo.mentions(path, ASSERTS));
  return {
    workspace,
    runs: trying.length > 0 || commands.some((command) => RUNS_TESTS.test(command)),
    needsNoRunner: trying.length > 0 || commands.some((command) => BRINGS_RUNNER.test(command)),
    files: trying.filter((path) => CODE.test(path)),
  };
}

/** The command npm writes into a new package names no runner: `echo "Error: no test specified" && exit 1`. */
const ECHO = /\becho\s+(?:"[^"]*"|'[^']*'|[^&|;]*)/g;
const SCRIPT_CALL = /\b(?:npm|pnpm|yarn|bun|run-s|run-p|npm-run-all|node --run)\s+([^&|;]*)/g;

/** The commands of the scripts for tests, those of the scripts that these call included. */
function testCommands(scripts: Readonly<Record<string, string>>): readonly string[] {
  const names = new Set(Object.keys(scripts).filter((name) => TEST_SCRIPT.test(name)));
  for (const name of names)
    for (const called of calledScripts(scripts[name] ?? ''))
      for (const other of Object.keys(scripts)) if (isNamedBy(other, called)) names.add(other);
  return [...names].flatMap((name) => (scripts[name] ?? '').replace(ECHO, '').split(/&&|\|\||[;|&]/));
}

function calledScripts(command: string): readonly string[] {
  const words = [...command.matchAll(SCRIPT_CALL)].flatMap(([, rest = '']) => rest.split(/[\s"']+/));
  const named = [...command.matchAll(/\bnpm:([\w:*.-]+)/g)].map(([, name = '']) => name);
  return [...words, ...named].filter((word) => word !== '' && !word.startsWith('-'));
}

/** `test:*` means every script that starts so. */
function isNamedBy(name: string, called: string): boolean {
  return called.endsWith('*') ? name.startsWith(called.replace(/(?<!\*)\*+$/, '')) : name === called;
}

/** The files of code and shell scripts that a command hands to an interpreter, or runs by their paths. */
function filesRun(repo: Repo, dir: string, command: string): readonly string[] {
  const words = command
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^["']|["']$/g, ''));
  const isRun = words.some((word) => INTERPRETER.test(word)) || /^\.{0,2}\/|^[\w-]+\//.test(words[0] ?? '');
  return isRun ? words.flatMap((word) => filesNamed(repo, dir, word)) : [];
}

/** The files that a word means from a folder: a path, a path without its extension, or a pattern. */
function filesNamed(repo: Repo, dir: string, word: string): readonly string[] {
  const path = resolve(dir, word);
  if (path === undefined || path === dir) return [];
  if (/[*{?]/.test(path)) return repo.files.filter((each) => CODE.test(each) && fits(path, each));
  const names = ['', '.js', '.mjs', '.cjs', '.ts', '.mts'].map((extension) => path + extension);
  const found = names.find((name) => repo.exists(name));
  return found !== undefined && (CODE.test(found) || /\.(?:ba|z)?sh$/.test(found)) ? [found] : [];
}

/** Whether a path fits a pattern of a shell: `tests/*.check.ts`, `src/**` + `/{a,b}.ts`. */
function fits(pattern: string, path: string): boolean {
  const [head = ''] = pattern.split(/[*{?]/, 1);
  const tail = pattern.split(/[*{}?]/).at(-1) ?? '';
  const isDeep = pattern.includes('**');
  const middle = path.slice(head.length, path.length - tail.length);
  return path.startsWith(head) && path.endsWith(tail) && (isDeep || !middle.includes('/'));
}

/** What a runner of the repository's own runs: of what it imports and its strings name, what is called like tests. */
function runBy(repo: Repo, dir: string, path: string): readonly string[] {
  if (!CODE.test(path)) return shellRuns(repo, dir, path);
  const module = NAMED_TEST.test(path) ? undefined : peekModule(repo, path);
  if (!module) return [];
  const imported = requestsOf(module).flatMap(
    ({ specifier }) => resolveImport(repo, { dir }, path, specifier) ?? [],
  );
  const strings: string[] = [];
  walk(module, {
    Literal: ({ value }) => {
      if (typeof value === 'string') strings.push(value);
    },
  });
  const named = strings.flatMap((each) => meantBy(repo, [dirname(path), dir], each));
  return [...imported, ...named].filter((each) => each !== path && CALLED_TEST.test(each));
}

function shellRuns(repo: Repo, dir: string, path: string): readonly string[] {
  return (repo.peek(path) ?? '').split('\n').flatMap((line) => filesRun(repo, dir, line));
}

function meantBy(repo: Repo, bases: readonly string[], text: string): readonly string[] {
  if (/^\.[\w.-]+\.[cm]?[jt]sx?$/.test(text))
    return repo.files.filter((path) => isInside(bases[1] ?? '', path) && path.endsWith(text));
  if (!/^[\w.*{}/-]+$/.test(text) || text.startsWith('/')) return [];
  return bases.flatMap((base) => {
    const folder = resolve(base, text);
    const inFolder =
      folder === undefined || folder === ''
        ? []
        : repo.files.filter((path) => isInside(folder, path) && CODE.test(path));
    return inFolder.length > 0 ? inFolder : filesNamed(repo, base, text);
  });
}
