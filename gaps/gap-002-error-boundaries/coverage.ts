import type { NextApp, Repo } from '../../src/contract.ts';
import {
  findSpecial,
  foldersDownTo,
  pageFoldersOf,
  rootLayoutFolder,
  sectionsNamed,
} from '../../src/read/app-router.ts';
import { dirname, isInside } from '../../src/repo/paths.ts';
import { catchersOf } from './provider.ts';

/** Folders of an app in which a boundary is missing. */
export interface Missing {
  readonly root: readonly string[];
  readonly dashboard: readonly string[];
  readonly global: readonly string[];
}

/** Where the boundaries stand says what they catch; whether they work is another question. */
export function missingBoundaries(repo: Repo, app: NextApp): Missing {
  const isCaught = catchingIn(repo, app);
  const pages = pageFoldersOf(app);
  const dashboards = sectionsNamed(app, 'dashboard');
  const outside = pages.filter((page) => !dashboards.some((each) => isWithin(each, page)));
  const bare = [
    ...outside.filter((page) => !isCaught(foldersDownTo(app, page))),
    // A boundary does not catch its own folder's layout: errors of the dashboard's layout need one above.
    // A root layout has global-error for that.
    ...dashboards
      .filter((folder) => rootOf(repo, app, folder) !== folder)
      .filter((folder) => !isCaught(foldersDownTo(app, dirname(folder)))),
  ];
  return {
    root: distinct(bare.map((folder) => rootOf(repo, app, folder))),
    dashboard: dashboards.filter((folder) =>
      pages
        .filter((page) => isWithin(folder, page))
        .some((page) => !isCaught(keepingShell(repo, app, folder, page))),
    ),
    global: missingGlobal(repo, app, distinct(pages.map((page) => rootOf(repo, app, page)))),
  };
}

/** Whether one of some folders has a boundary: its error file, or one that its layout puts around its children. */
function catchingIn(repo: Repo, app: NextApp): (folders: readonly string[]) => boolean {
  const catchers = catchersOf(repo, app);
  const mounts = (folder: string) =>
    (['layout', 'template'] as const).some((name) => {
      const path = findSpecial(repo, folder, name);
      return path !== undefined && catchers.wraps(path);
    });
  return (folders) =>
    folders.some((folder) => findSpecial(repo, folder, 'error') !== undefined) || folders.some(mounts);
}

function rootOf(repo: Repo, app: NextApp, folder: string): string {
  return rootLayoutFolder(repo, app, folder) ?? app.appDir ?? '';
}

/** The folders whose boundary keeps a dashboard page's layouts: in it, or around it where none of its layouts is lost. */
function keepingShell(repo: Repo, app: NextApp, dashboard: string, page: string): readonly string[] {
  const root = rootOf(repo, app, dashboard);
  const shell = foldersDownTo(app, dashboard).findLast(
    (folder) => findSpecial(repo, folder, 'layout') !== undefined,
  );
  return foldersDownTo(app, page).filter(
    (folder) =>
      isWithin(dashboard, folder) ||
      (isInside(root, folder) && (shell === undefined || isWithin(shell, folder))),
  );
}

function isWithin(folder: string, path: string): boolean {
  return folder === path || isInside(folder, path);
}

/**
 * Next.js 14 looks for global-error beside the root layout, later ones in the app folder alone (next-app-loader);
 * either place counts.
 */
function missingGlobal(repo: Repo, app: NextApp, roots: readonly string[]): readonly string[] {
  const { appDir } = app;
  if (appDir === undefined || findSpecial(repo, appDir, 'global-error') !== undefined) return [];
  const missing = roots.filter((folder) => findSpecial(repo, folder, 'global-error') === undefined);
  const major = Number(/\d+/.exec(app.next)?.[0] ?? Number.POSITIVE_INFINITY);
  return missing.length > 0 && (roots.includes(appDir) || major >= 15) ? [appDir] : missing;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
