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
  const found = packages
    .filter((workspace) => mentionsNext(repo, workspace.path) || runsNext(repo, workspace.path))
    .map((workspace) => describe(repo, workspace, packages))
    .filter((app): app is NextApp => app !== undefined);
  if (only !== undefined) return found.filter((app) => only.includes(app.dir));
  const shipped = found.filter((app) => !MATERIAL.test(app.dir));
  return shipped.length > 0 ? shipped : found;
}

/** A cheap look before parsing: repositories hold package.json files of every shape, some of them broken. */
function mentionsNext(repo: Repo, path: string): boolean {
  return repo.mentions(path, '"next"');
}

/** Where one package.json declares what all of them use, an app names Next.js in its scripts alone. */
function runsNext(repo: Repo, path: string): boolean {
  return /\bnext (?:build|dev|start)\b/.test(repo.peek(path) ?? '');
}

/** The range that the nearest package around this one declares. */
function inheritedNext(workspace: Workspace, packages: readonly Workspace[]): string | undefined {
  const around = packages
    .filter(({ dir }) => dir !== workspace.dir && isInside(dir, workspace.dir))
    .sort((a, b) => b.dir.length - a.dir.length);
  for (const { manifest } of around) {
    const next = manifest.dependencies.next ?? manifest.devDependencies.next;
    if (next !== undefined) return next;
  }
  return undefined;
}

function describe(repo: Repo, workspace: Workspace, packages: readonly Workspace[]): NextApp | undefined {
  const { dependencies, devDependencies } = workspace.manifest;
  const next = dependencies.next ?? devDependencies.next ?? inheritedNext(workspace, packages);
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
