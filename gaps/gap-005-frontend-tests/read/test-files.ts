import type { NextApp, Repo, Workspace } from '../../../src/contract.ts';
import type { CodeBase } from '../../../src/read/code/code-base.ts';
import { blankComments } from '../../../src/read/code/comments.ts';
import { resolveImport } from '../../../src/read/code/imports.ts';
import { specifiersOf } from '../../../src/read/code/specifier-words.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { isInside } from '../../../src/repo/paths.ts';
import {
  ASSERTS,
  BROWSER_FOLDER,
  COMPARES_CODE,
  COMPONENT_IN_BROWSER,
  DRIVES_BROWSER,
  NAMED_TEST,
  OWN_SPECIFIER,
  RENDERS,
  SERVED,
  TEST_CALL,
  TEST_FILE,
  TEST_IN_NAME,
  TITLED_CALL,
} from '../tables.ts';
import { triesNothing } from './empty-test.ts';

/** What a test file does, read from its text. */
export interface TestFile {
  readonly path: string;
  /** `empty`: it declares tests that try nothing. `browser`: drives a running application. `unread`: no text. */
  readonly kind: 'component' | 'unit' | 'browser' | 'empty' | 'unread';
  /** Tests written down, tables and loops counted once. */
  readonly tests: number;
  /** Of the app itself, not of a package that it is built from. */
  readonly isOwn: boolean;
}

/**
 * The tests of an app and of the repository's packages that it is built from.
 * @param run what test scripts run by its name: a test, whatever it is called
 * @param beside packages of tests that drive the running app
 */
export function testFilesOf(
  repo: Repo,
  base: CodeBase,
  run: readonly string[],
  beside: readonly Workspace[],
): readonly TestFile[] {
  const { app, packages } = base;
  const isInApp = ownTests(repo, app);
  const isOwn = (path: string) => isInApp(path) || beside.some(({ dir }) => isInside(dir, path));
  const dirs = packages.map(({ dir }) => dir).filter((dir) => dir !== '' && dir !== app.dir);
  const named = repo.find(TEST_FILE).filter((path) => !SERVED.test(path));
  return [...new Set([...named, ...run])].sort().flatMap((path): readonly TestFile[] => {
    const own = isOwn(path) || (run.includes(path) && !dirs.some((dir) => isInside(dir, path)));
    if (!own && !dirs.some((dir) => isInside(dir, path))) return [];
    const file = readTest(repo, app, path, run.includes(path));
    return file ? [{ ...file, path, isOwn: own }] : [];
  });
}

/** Tests inside the app's folder and in no package below it, or outside of every package and about the app. */
function ownTests(repo: Repo, app: NextApp): (path: string) => boolean {
  const nested = repo.layout.packages.map(({ dir }) => dir).filter((dir) => dir !== '' && dir !== app.dir);
  return (path) =>
    isInside(app.dir, path)
      ? !nested.some((dir) => isInside(app.dir, dir) && isInside(dir, path))
      : isAboutApp(repo, app, nested, path);
}

/** A test outside of every package that names the app's folder, as in tests/web/nav.test.tsx. */
function isAboutApp(repo: Repo, app: NextApp, packages: readonly string[], path: string): boolean {
  if (app.dir === '' || packages.some((dir) => isInside(dir, path))) return false;
  return new RegExp(`['"\`][./]+${escaped(app.dir)}/`).test(repo.peek(path) ?? '');
}

/** Undefined for what stands among tests and is none: helpers, data, set-ups. */
function readTest(
  repo: Repo,
  app: NextApp,
  path: string,
  isRun: boolean,
): Pick<TestFile, 'kind' | 'tests'> | undefined {
  const text = repo.peek(path);
  if (text === undefined) return { kind: 'unread', tests: 0 };
  const code = codeOf(repo, path, text);
  const tests = testsIn(code);
  if (!isRun && !COMPARES_CODE.test(code) && triesNothing(repo, path))
    return tests > 0 || NAMED_TEST.test(path) ? { kind: 'empty', tests: 0 } : undefined;
  const isTest = tests > 0 || isRun || NAMED_TEST.test(path);
  if (!isTest && !(TEST_IN_NAME.test(path) && ASSERTS.test(code))) return undefined;
  return { kind: kindOf(repo, app, path, code), tests: Math.max(1, tests) };
}

/** A file that tells by its name how it is read need not be parsed as a piece of which nobody knows. */
function codeOf(repo: Repo, path: string, text: string): string {
  return CODE.test(path) && !repo.code(path).failure ? repo.code(path).withoutComments : blankComments(text);
}

const CODE = /\.[cm]?[jt]sx?$/;

function kindOf(repo: Repo, app: NextApp, path: string, code: string): TestFile['kind'] {
  const isComponent = RENDERS.test(code) || (COMPONENT_IN_BROWSER.test(code + path) && code.includes('<'));
  if (isComponent && asksForOwnCode(repo, app, path) && !/(^|\/)emails?\//.test(path)) return 'component';
  return DRIVES_BROWSER.test(code) || BROWSER_FOLDER.test(path) ? 'browser' : 'unit';
}

function asksForOwnCode(repo: Repo, app: NextApp, path: string): boolean {
  return specifiersOf(repo, path).some(
    (each) => OWN_SPECIFIER.test(each) || resolveImport(repo, app, path, each) !== undefined,
  );
}

/** Tests written down in a text, tables and loops counted once. */
export function countTests(text: string): number {
  return testsIn(blankComments(text));
}

function testsIn(code: string): number {
  return [...code.matchAll(TEST_CALL)].length || [...code.matchAll(TITLED_CALL)].length;
}

/** The files that tests import directly. */
export function testedFiles(repo: Repo, app: NextApp, files: readonly TestFile[]): ReadonlySet<string> {
  return new Set(
    files.flatMap(({ path }) =>
      specifiersOf(repo, path).flatMap((specifier) => resolveImport(repo, app, path, specifier) ?? []),
    ),
  );
}
