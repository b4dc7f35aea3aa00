import type { NextApp, Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { type JsxElement, jsxElements } from '../../../src/read/markup/markup.ts';
import {
  findSpecial,
  foldersDownTo,
  pageFoldersOf,
  rootLayoutFolder,
  sectionsNamed,
} from '../../../src/read/next/app-router.ts';
import { basename, dirname, isInside } from '../../../src/repo/paths.ts';
import { NAVIGATION, UNSEEN } from '../tables.ts';
import type { Documents } from './document.ts';
import { isAtLeast } from './next-version.ts';
import { BOUNDARY, type Kind, wrappingOf, wraps } from './wrappers.ts';

/** Folders of an app in which a boundary is missing. */
export interface Missing {
  readonly root: readonly string[];
  readonly dashboard: readonly string[];
  readonly global: readonly string[];
}

/** Where the boundaries stand says what they catch; whether they work is another question. */
export function missingBoundaries(repo: Repo, app: NextApp, documents: Documents): Missing {
  const isCaught = catchingIn(repo, app);
  const pages = pageFoldersOf(app);
  const dashboards = sectionsNamed(app, 'dashboard');
  const outside = pages.filter((page) => !dashboards.some((each) => isWithin(each, page)));
  const bare = [
    ...outside.filter((page) => !isCaught(insideDocument(app, documents, page))),
    // A boundary does not catch its own folder's layout: errors of the dashboard's layout need one above.
    // The layout that draws the document has global-error for that.
    ...dashboards
      .filter((folder) => documents.folderAround(folder) !== folder)
      .filter((folder) => !isCaught(insideDocument(app, documents, dirname(folder)))),
  ];
  return {
    root: distinct(
      bare.flatMap((folder) => documents.folderAround(folder) ?? bareDocument(repo, app, folder)),
    ),
    dashboard: distinct(dashboards.flatMap((folder) => bareShells(repo, app, documents, folder, isCaught))),
    global: missingGlobal(repo, app, pages),
  };
}

/** Above a boundary that stands outside of the document nothing is left to show it in. */
function insideDocument(app: NextApp, documents: Documents, folder: string): readonly string[] {
  const document = documents.folderAround(folder);
  return foldersDownTo(app, folder).filter((each) => document === undefined || isWithin(document, each));
}

/** A page without any layout; one beside a root layout that only hands it on has global-error alone. */
function bareDocument(repo: Repo, app: NextApp, folder: string): readonly string[] {
  return rootLayoutFolder(repo, app, folder) === undefined ? [app.appDir ?? ''] : [];
}

/** Whether one of some folders has a boundary: its error file, or one that its layout puts around its children. */
function catchingIn(repo: Repo, app: NextApp): (folders: readonly string[]) => boolean {
  const catching = wrappingOf(repo, app, BOUNDARY);
  const mounts = (folder: string) =>
    (['layout', 'template'] as const).some((name) => {
      const path = findSpecial(repo, folder, name);
      return path !== undefined && wraps(catching, path);
    });
  return (folders) =>
    folders.some((folder) => findSpecial(repo, folder, 'error') !== undefined) || folders.some(mounts);
}

/** What is around a dashboard page that its boundary has to keep. */
interface Shell {
  /** Where the boundary is written that is missing. */
  readonly folder: string;
  /** The folders whose boundary keeps it. */
  readonly keeping: readonly string[];
}

/** Where boundaries are missing in a dashboard: in it, or in the groups below it that draw its navigation. */
function bareShells(
  repo: Repo,
  app: NextApp,
  documents: Documents,
  dashboard: string,
  isCaught: (folders: readonly string[]) => boolean,
): readonly string[] {
  const draws = drawingNavigation(repo, app);
  const shells = pageFoldersOf(app)
    .filter((page) => isWithin(dashboard, page) && foldersDownTo(app, page).some(drawingAnything(repo)))
    .map((page) => shellOf(repo, app, documents, dashboard, page, draws));
  const below = shells.filter(({ folder }) => folder !== dashboard);
  // Its other pages have no navigation around them.
  return (below.length > 0 ? below : shells)
    .filter(({ keeping }) => !isCaught(keeping))
    .map(({ folder }) => folder);
}

/**
 * A boundary keeps the layouts above it and that of its own folder. One in the dashboard does, and one around it where
 * none of its layouts is lost; navigation that a group below the dashboard draws is kept in that group alone.
 */
function shellOf(
  repo: Repo,
  app: NextApp,
  documents: Documents,
  dashboard: string,
  page: string,
  draws: (folder: string) => boolean,
): Shell {
  const root = documents.folderAround(dashboard) ?? app.appDir ?? '';
  const around = foldersDownTo(app, page);
  const above = foldersDownTo(app, dashboard);
  const below = above.some(draws) ? undefined : groupsBelow(around, dashboard).find(draws);
  if (below !== undefined)
    return { folder: below, keeping: around.filter((folder) => isWithin(below, folder)) };
  const shell = above.findLast((folder) => findSpecial(repo, folder, 'layout') !== undefined);
  const isInDocument = (folder: string) =>
    isInside(root, folder) || (folder === root && shell === root && draws(root));
  return {
    folder: dashboard,
    keeping: around.filter(
      (folder) =>
        isWithin(dashboard, folder) ||
        (isInDocument(folder) && (shell === undefined || isWithin(shell, folder))),
    ),
  };
}

/** The route groups right below the dashboard on the way to a page: `dashboard/(sidebar)/…`. */
function groupsBelow(around: readonly string[], dashboard: string): readonly string[] {
  const below = around.filter((folder) => isInside(dashboard, folder));
  const end = below.findIndex((folder) => !/^\(.*\)$/.test(basename(folder)));
  return end === -1 ? below : below.slice(0, end);
}

/** Whether the layout of a folder draws what people find their way with: an error that takes it along leaves them without. */
function drawingNavigation(repo: Repo, app: NextApp): (folder: string) => boolean {
  const drawing = wrappingOf(repo, app, SHELL);
  return (folder) => {
    const layout = findSpecial(repo, folder, 'layout');
    return layout !== undefined && (NAVIGATION.test(withoutComments(repo, layout)) || wraps(drawing, layout));
  };
}

/** Whether the layout of a folder draws anything that people see: a document with its providers is nothing to lose. */
function drawingAnything(repo: Repo): (folder: string) => boolean {
  return (folder) => {
    const layout = findSpecial(repo, folder, 'layout');
    return layout !== undefined && drawsAnything(jsxElements(repo, layout));
  };
}

/** The boxes of a document are a part of it. */
function drawsAnything(elements: readonly JsxElement[]): boolean {
  const isDocument = elements.some(({ name }) => name === 'body');
  return elements.some(({ name }) => !UNSEEN.test(name) && !(isDocument && /^(?:div|main)$/.test(name)));
}

/** A component around the pages that draws the navigation beside them. */
const SHELL: Kind = {
  isFrom: () => false,
  isMadeIn: (code) => NAVIGATION.test(code),
  trustsUnseen: false,
};

function isWithin(folder: string, path: string): boolean {
  return folder === path || isInside(folder, path);
}

/**
 * Next.js loads global-error from the app folder; up to 14.0 from beside the root layout (next-app-loader). A file
 * elsewhere is never loaded.
 */
function missingGlobal(repo: Repo, app: NextApp, pages: readonly string[]): readonly string[] {
  const { appDir } = app;
  if (appDir === undefined || pages.length === 0) return [];
  const roots = distinct(pages.map((page) => rootLayoutFolder(repo, app, page) ?? appDir));
  const isOne = roots.every((folder) => folder === appDir);
  const places = isOne || isAtLeast(repo, app, 14, 1) ? [appDir] : roots;
  return places.filter((folder) => findSpecial(repo, folder, 'global-error') === undefined);
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
