import type { Workspace } from './packages.ts';
import { basename, dirname, isInside, join } from './paths.ts';
import type { Repo } from './repo.ts';

/** A Next.js application: a package that depends on next and has an app or pages folder. */
export interface NextApp {
  /** Folder of its package.json, '' for the root. */
  readonly dir: string;
  readonly workspace: Workspace;
  /** `dir` or `dir/src`: where app/, pages/, middleware and instrumentation stand. */
  readonly sourceDir: string;
  readonly appDir: string | undefined;
  readonly pagesDir: string | undefined;
  /** The declared range of next, as in '14.0.4' or 'catalog:'. */
  readonly next: string;
  readonly typescript: boolean;
  readonly configPath: string | undefined;
  readonly middlewarePath: string | undefined;
  /** Listed files of the app, without those of packages nested in it. */
  readonly files: readonly string[];
}

/** A template, an example or a test fixture is somebody's material, not an app that ships. */
const MATERIAL =
  /(^|\/)(\.?templates?|examples?|starters?|boilerplates?|__?fixtures?__?|fixtures|e2e|tests?)(\/|$)/;

/** Finds every Next.js app that ships (all of them where none is outside examples); `only` narrows to these folders. */
export function discoverNextApps(
  repo: Repo,
  packages: readonly Workspace[],
  only: readonly string[] | undefined,
): readonly NextApp[] {
  const root = packages.find(({ dir }) => dir === '');
  // A monorepo may declare next once, for all of its apps: those that configure it are apps, too.
  const shared = root && mentionsNext(repo, root.path) ? nextOf(root) : undefined;
  const found = packages
    .filter(
      (workspace) =>
        mentionsNext(repo, workspace.path) || (shared !== undefined && configOf(repo, workspace.dir)),
    )
    .map((workspace) => describe(repo, workspace, packages, shared))
    .filter((app): app is NextApp => app !== undefined);
  if (only !== undefined) return found.filter((app) => only.includes(app.dir));
  const shipped = found.filter((app) => !MATERIAL.test(app.dir));
  return shipped.length > 0 ? shipped : found;
}

/** A cheap look before parsing: repositories hold package.json files of every shape, some of them broken. */
function mentionsNext(repo: Repo, path: string): boolean {
  return repo.peek(path)?.includes('"next"') ?? false;
}

function nextOf({ manifest: { dependencies, devDependencies } }: Workspace): string | undefined {
  return dependencies.next ?? devDependencies.next;
}

function configOf(repo: Repo, dir: string): string | undefined {
  return ['js', 'mjs', 'cjs', 'ts', 'mts']
    .map((extension) => join(dir, `next.config.${extension}`))
    .find((path) => repo.exists(path));
}

function describe(
  repo: Repo,
  workspace: Workspace,
  packages: readonly Workspace[],
  shared: string | undefined,
): NextApp | undefined {
  const next = nextOf(workspace) ?? (configOf(repo, workspace.dir) ? shared : undefined);
  if (next === undefined) return undefined;
  const files = ownFiles(repo, workspace, packages);
  const appDir = folderWith(files, workspace.dir, 'app', /\/(page|layout|route)\.[jt]sx?$/);
  const pagesDir = folderWith(files, workspace.dir, 'pages', /\.[jt]sx?$/);
  if (appDir === undefined && pagesDir === undefined) return undefined;
  const sourceDir = dirname(appDir ?? pagesDir ?? '');
  return {
    dir: workspace.dir,
    workspace,
    sourceDir,
    appDir,
    pagesDir,
    next,
    typescript: files.includes(join(workspace.dir, 'tsconfig.json')),
    configPath: files.find((path) => isFileOf(path, workspace.dir, /^next\.config\.[cm]?[jt]s$/)),
    middlewarePath: files.find((path) => isFileOf(path, sourceDir, /^(middleware|proxy)\.[jt]s$/)),
    files,
  };
}

function ownFiles(repo: Repo, workspace: Workspace, packages: readonly Workspace[]): readonly string[] {
  const nested = packages
    .map(({ dir }) => dir)
    .filter((dir) => dir !== workspace.dir && isInside(workspace.dir, dir));
  return repo.files.filter(
    (path) => isInside(workspace.dir, path) && !nested.some((dir) => isInside(dir, path)),
  );
}

function folderWith(
  files: readonly string[],
  dir: string,
  name: string,
  content: RegExp,
): string | undefined {
  return [join(dir, name), join(dir, 'src', name)].find((folder) =>
    files.some((path) => isInside(folder, path) && content.test(path)),
  );
}

function isFileOf(path: string, folder: string, name: RegExp): boolean {
  return path === join(folder, basename(path)) && name.test(basename(path));
}
