import type { NextApp, Repo, Workspace } from '../../src/contract.ts';
import { type CodeBase, codeBaseOf, dependencyOf } from '../../src/read/code/code-base.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import { resolveImport } from '../../src/read/code/imports.ts';
import { basename, isInside } from '../../src/repo/paths.ts';

/** The runbook's line: at least ten tests. */
export const ENOUGH = 10;

/** What a test file does, read from its text. */
export interface TestFile {
  readonly path: string;
  /** `empty`: no test with an assertion in it. `browser`: drives a running application. */
  readonly kind: 'component' | 'unit' | 'browser' | 'empty';
  /** Tests written down, tables and loops counted once. */
  readonly tests: number;
  /** Of the app itself, not of a package that it is built from. */
  readonly isOwn: boolean;
}

/** How an app is tested. */
export interface AppTests {
  readonly app: NextApp;
  readonly base: CodeBase;
  readonly files: readonly TestFile[];
  /** The package whose `test` script runs a test runner. */
  readonly script: Workspace | undefined;
  readonly hasRunner: boolean;
}

const TEST_FILE =
  /\.(test|spec|cy|ct)\.[cm]?[jt]sx?$|(^|\/)__tests__\/.*\.[cm]?[jt]sx?$|(^|\/)(tests?|e2e|cypress)\/.*\.[cm]?[jt]sx?$/;
const RUNNER =
  /^(vitest|jest|@jest\/core|jest-cli|@playwright\/(test|experimental-ct-\w+)|playwright|cypress|mocha|ava|uvu|@web\/test-runner|@storybook\/(test-runner|addon-vitest)|@rstest\/core|react-scripts)$/;
const RUNS =
  /\b(vitest|jest|playwright\s+test|cypress\s+run|mocha|ava|uvu|wtr|web-test-runner|test-storybook|rstest|react-scripts\s+test|(?:bun|deno)\s+test|(?:node|tsx|ts-node)\b[^&|;]*\s--test)\b/;
const NO_RUNNER_NEEDED = /\b(?:bun|deno)\s+test\b|\s--test\b/;
const TEST_CALL = /(?<![.\w])(?:test|it|specify|Deno\.test)(?:\.\w+)*\s*(?:\(|`)/g;
const ASSERTS =
  /\bexpect\w*[.(]|\bassert\w*[.(]|\bshould\b|\bt\.(?:is|deepEqual|true|assert|ok|equal)\(|\bcy\.\w+/;
const RENDERS =
  /@testing-library\/(?:react|preact)|\brender(?:ToString|ToStaticMarkup|WithProviders|Hook)?\s*\(|\bmount\s*\(|react-test-renderer|vitest-browser-react|react-dom\/server|composeStories/;
const BROWSER = /@playwright\/test|\bpage\.goto\(|\bcy\.visit\(|puppeteer|selenium/;
const DRIVES = /(^|\/)(e2e|playwright|cypress)\/.*\.(spec|test|cy)\./;
/** A route or a page below a folder that is called like tests. */
const SERVED = /\/(?:route|page|layout)\.[jt]sx?$/;
const OWN_IMPORT =
  /(?:from|import|require|import\(|require\(|mock\()\s*\(?['"](?:\.{1,2}\/|[@~#]\/|[@~#]\w*\/|src\/|app\/|components\/|lib\/)/;

/** Reads the tests and scripts of an app and of the repository's packages that it is built from. */
export function testsOf(repo: Repo, app: NextApp): AppTests {
  const base = codeBaseOf(repo, app);
  const script = base.packages.find((workspace) => runsTests(workspace));
  const runner = dependencyOf(base, RUNNER) !== undefined;
  const freeRunner = base.packages.some(({ manifest }) =>
    Object.values(manifest.scripts).some((command) => NO_RUNNER_NEEDED.test(command)),
  );
  return { app, base, files: testFiles(repo, base), script, hasRunner: runner || freeRunner };
}

/** Whether a script for testing ends in a test runner, itself or through one other script. */
function runsTests({ manifest: { scripts } }: Workspace): boolean {
  return Object.entries(scripts).some(([name, command]) => {
    if (!/^(test|ct|component)/.test(name)) return false;
    const other = /\b(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:.-]+)/.exec(command)?.[1];
    return isRun(command) || (other !== undefined && other !== name && isRun(scripts[other] ?? ''));
  });
}

/** The command npm writes into a new package names no runner: `echo "Error: no test specified" && exit 1`. */
function isRun(command: string): boolean {
  return RUNS.test(command.replace(/\becho\s+(?:"[^"]*"|'[^']*'|[^&|;]*)/g, ''));
}

function testFiles(repo: Repo, base: CodeBase): readonly TestFile[] {
  const { app, packages } = base;
  const nested = repo.layout.packages.map(({ dir }) => dir).filter((dir) => dir !== '' && dir !== app.dir);
  const others = packages.map(({ dir }) => dir).filter((dir) => dir !== '' && dir !== app.dir);
  const isOwn = (path: string) =>
    isInside(app.dir, path)
      ? !nested.some((dir) => isInside(app.dir, dir) && isInside(dir, path))
      : isAboutApp(repo, app, nested, path);
  return repo
    .find(TEST_FILE)
    .filter((path) => !SERVED.test(path))
    .flatMap((path): readonly TestFile[] => {
      const own = isOwn(path);
      if (!own && !others.some((dir) => isInside(dir, path))) return [];
      return [{ ...readTest(path, repo.peek(path) ?? ''), isOwn: own }];
    })
    .filter(({ path, kind }) => kind !== 'empty' || /\.(test|spec|cy|ct)\.|__tests__/.test(path));
}

/** A test outside of every package that names the app's folder, as in tests/web/nav.test.tsx. */
function isAboutApp(repo: Repo, app: NextApp, packages: readonly string[], path: string): boolean {
  if (app.dir === '' || packages.some((dir) => isInside(dir, path))) return false;
  return new RegExp(`['"\`][./]+${app.dir.replace(/\W/g, '\\$&')}/`).test(repo.peek(path) ?? '');
}

function readTest(path: string, text: string): Omit<TestFile, 'isOwn'> {
  const code = blankComments(text);
  const tests = countTests(code);
  // Steps of a browser are often written, and what they expect checked, in files beside.
  if (tests > 0 && !ASSERTS.test(code) && DRIVES.test(path) && /\bawait\s+\w/.test(code))
    return { path, kind: 'browser', tests };
  if (tests === 0 || !ASSERTS.test(code) || isConstant(code)) return { path, kind: 'empty', tests: 0 };
  const isOwn = OWN_IMPORT.test(code);
  const isComponent =
    RENDERS.test(code) || (/playwright\/experimental-ct|\.(cy|ct)\./.test(code + path) && /</.test(code));
  if (isComponent && isOwn && !/(^|\/)emails?\//.test(path)) return { path, kind: 'component', tests };
  return { path, kind: BROWSER.test(code) || /\bcy\./.test(code) ? 'browser' : 'unit', tests };
}

/** Tests written down in a text, tables and loops counted once. */
export function countTests(text: string): number {
  return [...blankComments(text).matchAll(TEST_CALL)].length;
}

/** The files that tests import directly, whatever way the imports are written. */
export function testedFiles(repo: Repo, { app, files }: AppTests): ReadonlySet<string> {
  const imports = /(?:from|import\(|require\()\s*['"]([^'"]+)['"]/g;
  return new Set(
    files.flatMap(({ path }) =>
      [...(repo.peek(path) ?? '').matchAll(imports)].flatMap(
        ([, specifier = '']) => resolveImport(repo, app, path, specifier) ?? [],
      ),
    ),
  );
}

/** Every expectation is about a literal: `expect(true).toBe(true)`. */
function isConstant(code: string): boolean {
  const all = [...code.matchAll(/\bexpect\(\s*([^)]*)\)/g)].map(([, argument = '']) => argument.trim());
  return (
    all.length > 0 && all.every((argument) => /^(true|false|null|[\d.]+|\d+\s*[+*-]\s*\d+)$/.test(argument))
  );
}

/** The stem of a file name, as an import would end. */
export function stemOf(path: string): string {
  return basename(path).replace(/\.[cm]?[jt]sx?$/, '');
}
