import {
  type NextApp,
  type NotApplicable,
  notApplicable,
  type Repo,
  type Unknown,
  unknown,
  type Workspace,
} from '../../src/contract.ts';
import { type CodeBase, codeBaseOf, dependencyOf } from '../../src/read/code/code-base.ts';
import { once } from '../../src/repo/once.ts';
import { basename } from '../../src/repo/paths.ts';
import { type Starter, startersFor } from './read/starters.ts';
import { type TestFile, testedFiles, testFilesOf } from './read/test-files.ts';
import { testScriptsOf } from './read/test-scripts.ts';
import { unreadStep } from './steps.ts';
import { RUNNER_PACKAGE, RUNTIME_RUNNER } from './tables.ts';

/** How the front ends of a repository are tested. */
export interface FrontendTests {
  readonly repo: Repo;
  readonly apps: readonly AppTests[];
}

/** How one app is tested. */
export interface AppTests {
  readonly app: NextApp;
  /** As its sentences call it. */
  readonly name: string;
  readonly base: CodeBase;
  readonly files: readonly TestFile[];
  /** The package whose scripts run tests. */
  readonly script: Workspace | undefined;
  readonly hasRunner: boolean;
  /** The tests of the templates that hold in this app, made of the parts that they try. */
  readonly starters: readonly Starter[];
  /** The files of the app that its tests import. */
  readonly tested: () => ReadonlySet<string>;
}

/** Reads the tests and scripts of each app and of the repository's packages that it is built from. */
export function read(repo: Repo): FrontendTests | NotApplicable | Unknown {
  const apps = repo.layout.apps.map((app) => testsOf(repo, app));
  if (apps.length === 0) return notApplicable('no Next.js app');
  const [unread] = apps.flatMap(({ files }) =>
    files.some(({ kind }) => kind === 'component') ? [] : files.filter(({ kind }) => kind === 'unread'),
  );
  return unread
    ? unknown(`${unread.path} cannot be read, and no other test renders a component`, [
        unreadStep(unread.path),
      ])
    : { repo, apps };
}

function testsOf(repo: Repo, app: NextApp): AppTests {
  const base = codeBaseOf(repo, app);
  const scripts = base.packages.map((workspace) => testScriptsOf(repo, workspace));
  const files = testFilesOf(
    repo,
    base,
    scripts.flatMap((script) => script.files),
  );
  return {
    app,
    base,
    files,
    name: app.workspace.manifest.name ?? (app.dir === '' ? 'the app' : basename(app.dir)),
    script: scripts.find(({ runs }) => runs)?.workspace,
    hasRunner:
      dependencyOf(base, RUNNER_PACKAGE) !== undefined ||
      scripts.some(({ needsNoRunner }) => needsNoRunner) ||
      files.some(({ path }) => repo.mentions(path, RUNTIME_RUNNER)),
    starters: startersFor(repo, app),
    tested: once(() => testedFiles(repo, app, files)),
  };
}
