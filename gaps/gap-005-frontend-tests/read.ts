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
import { basename, isInside } from '../../src/repo/paths.ts';
import { type Starter, startersFor } from './read/starters.ts';
import { type TestFile, testedFiles, testFilesOf } from './read/test-files.ts';
import { testScriptsOf } from './read/test-scripts.ts';
import { unreadStep } from './steps.ts';
import { DRIVER_CONFIG, DRIVER_PACKAGE, RUNNER_PACKAGE, RUNTIME_RUNNER, TEST_PACKAGE } from './tables.ts';

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
  const beside = drivingPackages(repo, base);
  const scripts = [...base.packages, ...beside].map((workspace) => testScriptsOf(repo, workspace));
  const files = testFilesOf(
    repo,
    base,
    scripts.flatMap((script) => script.files),
    beside,
  );
  return {
    app,
    base,
    files,
    name: app.workspace.manifest.name ?? (app.dir === '' ? 'the app' : basename(app.dir)),
    script: scripts.find(({ runs }) => runs)?.workspace,
    hasRunner:
      beside.length > 0 ||
      dependencyOf(base, RUNNER_PACKAGE) !== undefined ||
      scripts.some(({ needsNoRunner }) => needsNoRunner) ||
      files.some(({ path }) => repo.mentions(path, RUNTIME_RUNNER)),
    starters: startersFor(repo, app),
    tested: once(() => testedFiles(repo, app, files)),
  };
}

/** Packages that hold nothing but tests which drive the running app in a browser: of the only app, or of one that they name. */
function drivingPackages(repo: Repo, { app, packages }: CodeBase): readonly Workspace[] {
  const { apps, packages: all } = repo.layout;
  const isOne = apps.length === 1;
  return all.filter(({ dir, path }) => {
    const isOther = dir !== '' && !packages.some((each) => each.dir === dir);
    if (!isOther || apps.some((each) => each.dir === dir) || !TEST_PACKAGE.test(dir)) return false;
    return repo.mentions(path, DRIVER_PACKAGE) && (isOne || namesApp(repo, dir, app));
  });
}

function namesApp(repo: Repo, dir: string, { dir: of }: NextApp): boolean {
  return (
    of !== '' &&
    repo.files.some((path) => DRIVER_CONFIG.test(path) && isInside(dir, path) && repo.mentions(path, of))
  );
}
