import type { NextApp, Repo, Workspace } from './model.ts';
import { basename, dirname, isInside, join } from './paths.ts';

/** A template, an example or a test fixture is somebody's material, not an app that ships. */
const MATERIAL =
  /(^|\/)(\.?templates?|examples?|starters?|boilerplates?|__?fixtures?__?|fixtures|e2e|tests?)(\/|$)/;

/** Finds every Next.js app that ships (all of them where none is outside examples); `only` narrows to these folders. */
export function discoverNextApps(
  repo: Repo,
  packages: readonly Workspace[],
  only: readonly string[] | undefined,
): readonly NextApp[] {
  const configured = repo.find(/(^|\/)next\.config\.[cm]?[jt]s$/).map(dirname);
  const places = [
    ...packages.map((workspace) => ({ dir: workspace.dir, workspace })),
    ...bareFolders(configured, packages),
  ];
  const dirs = places.map(({ dir }) => dir);
  const found = places
    .map((place) => ({ ...place, isConfigured: configured.includes(place.dir) }))
    .filter(({ workspace, isConfigured }) => isConfigured || mentionsNext(repo, workspace.path))
    .map((place) => describe(repo, place, packages, dirs))
    .filter((app): app is NextApp => app !== undefined);
  if (only !== undefined) return found.filter((app) => only.includes(app.dir));
  const shipped = found.filter((app) => !MATERIAL.test(app.dir));
  return shipped.length > 0 ? shipped : found;
}

/** A folder that may hold an app, and the package that speaks for it. */
interface Place {
  readonly dir: string;
  readonly workspace: Workspace;
  /** It holds a next.config. */
  readonly isConfigured: boolean;
}

/** Folders with a next.config and no package.json: one package.json at the root serves all apps, as with Nx. */
function bareFolders(
  configured: readonly string[],
  packages: readonly Workspace[],
): readonly { readonly dir: string; readonly workspace: Workspace }[] {
  return configured
    .filter((dir) => !packages.some((each) => each.dir === dir))
    .flatMap((dir) =>
      packagesAbove(packages, dir)
        .slice(0, 1)
        .map((workspace) => ({ dir, workspace })),
    );
}

/** The packages around a folder, the nearest first. */
function packagesAbove(packages: readonly Workspace[], dir: string): readonly Workspace[] {
  return packages
    .filter((each) => each.dir !== dir && isInside(each.dir, dir))
    .sort((a, b) => b.dir.length - a.dir.length);
}

/** A cheap look before parsing: repositories hold package.json files of every shape, some of them broken. */
function mentionsNext(repo: Repo, path: string): boolean {
  return repo.mentions(path, /"next"|\bnext (?:build|dev|start)\b/);
}

/** The range of next: the package's own, or, where next is run all the same, that of a package above it. */
function rangeOfNext(
  repo: Repo,
  { workspace, isConfigured }: Place,
  packages: readonly Workspace[],
): string | undefined {
  const { scripts } = workspace.manifest;
  const own = nextOf(workspace);
  const isRun =
    isConfigured || Object.values(scripts).some((script) => /\bnext (build|dev|start)\b/.test(script));
  if (own !== undefined || !isRun) return own;
  return packagesAbove(packages, workspace.dir)
    .filter(({ path }) => mentionsNext(repo, path))
    .map(nextOf)
    .find((range) => range !== undefined);
}

function nextOf({ manifest: { dependencies, devDependencies } }: Workspace): string | undefined {
  return dependencies.next ?? devDependencies.next;
}

function describe(
  repo: Repo,
  place: Place,
  packages: readonly Workspace[],
  dirs: readonly string[],
): NextApp | undefined {
  const { dir, workspace } = place;
  const next = rangeOfNext(repo, place, packages);
  if (next === undefined) return undefined;
  const files = ownFiles(repo, dir, dirs);
  const appDir = folderWith(files, dir, 'app', /\/(page|layout|route)\.[jt]sx?$/);
  const pagesDir = folderWith(files, dir, 'pages', /\.[jt]sx?$/);
  if (appDir === undefined && pagesDir === undefined) return undefined;
  const sourceDir = dirname(appDir ?? pagesDir ?? '');
  return {
    dir,
    workspace,
    sourceDir,
    appDir,
    pagesDir,
    next,
    typescript: files.includes(join(dir, 'tsconfig.json')),
    configPath: files.find((path) => isFileOf(path, dir, /^next\.config\.[cm]?[jt]s$/)),
    middlewarePath: files.find((path) => isFileOf(path, sourceDir, /^(middleware|proxy)\.[jt]s$/)),
    files,
  };
}

function ownFiles(repo: Repo, dir: string, others: readonly string[]): readonly string[] {
  const nested = others.filter((each) => each !== dir && isInside(dir, each));
  return repo.files.filter((path) => isInside(dir, path) && !nested.some((each) => isInside(each, path)));
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
