import type { NextApp, Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { jsxElements } from '../../../src/read/markup/markup.ts';
import { findSpecial, foldersDownTo, pageFoldersOf } from '../../../src/read/next/app-router.ts';
import { pages } from '../../../src/read/next/next-routes.ts';
import { basename, dirname, isInside } from '../../../src/repo/paths.ts';

/** A dashboard in an app folder: `app/dashboard`, or the route group `app/(dashboard)`. */
export interface DashboardFolder {
  readonly app: NextApp;
  readonly folder: string;
  /** Its pages, by folder; those that only send on to another address left out. */
  readonly pages: readonly PageFolder[];
}

/** A page and the folders in which a loading file would be shown for it, outermost first. */
export interface PageFolder {
  readonly path: string;
  readonly folder: string;
  readonly url: string;
  readonly around: readonly string[];
}

/** The dashboards of every app router in the repository. */
export function dashboardsOf(repo: Repo): readonly DashboardFolder[] {
  return repo.layout.apps.flatMap((app) => {
    const segments = foldersNamed(app, 'dashboard');
    // A group of that name around the segment may hold a landing page, too.
    const groups = foldersNamed(app, '(dashboard)').filter(
      (group) => !segments.some((segment) => isInside(group, segment)),
    );
    return [...segments, ...groups]
      .map((folder) => ({ app, folder, pages: pagesOf(repo, app, folder) }))
      .filter((dashboard) => dashboard.pages.length > 0);
  });
}

/** Those outermost of that name that hold pages, wherever: also below `admin`, or a folder for each domain. */
function foldersNamed(app: NextApp, name: string): readonly string[] {
  const { appDir } = app;
  const folders = pageFoldersOf(app).flatMap((folder) => {
    const around = foldersDownTo(app, folder).filter((each) => each !== appDir);
    return around.find((each) => basename(each) === name) ?? [];
  });
  return [...new Set(folders)];
}

function pagesOf(repo: Repo, app: NextApp, dashboard: string): readonly PageFolder[] {
  const found = new Map<string, PageFolder>();
  for (const { path, url } of pages(repo, app)) {
    const folder = dirname(path);
    // A slot is part of the page beside it.
    if (!isWithin(dashboard, folder) || folder.includes('/@') || found.has(folder)) continue;
    if (isRedirect(repo, path)) continue;
    found.set(folder, { path, folder, url, around: foldersAround(repo, app, dashboard, folder) });
  }
  return [...found.values()];
}

/** It shows nothing, so there is nothing to wait for. */
function isRedirect(repo: Repo, path: string): boolean {
  const text = repo.peek(path) ?? '';
  if (!text.includes('edirect(') || !/\b(?:permanentR|r)edirect\(/.test(text)) return false;
  return (
    jsxElements(repo, path).length === 0 ||
    /\bdefault\b[^{}]{0,500}\{\s*(?:return\s+)?(?:permanentR|r)edirect\(/.test(withoutComments(repo, path))
  );
}

/**
 * The dashboard's own folders, and those above it as far as no layout of the dashboard is lost: a loading file
 * stands inside of its folder's layout and outside of those below (nextjs.org/docs: "Component hierarchy").
 */
function foldersAround(repo: Repo, app: NextApp, dashboard: string, folder: string): readonly string[] {
  const shell = foldersDownTo(app, dashboard).findLast(
    (each) => findSpecial(repo, each, 'layout') !== undefined,
  );
  return foldersDownTo(app, folder).filter(
    (each) => isWithin(dashboard, each) || (shell !== undefined && isWithin(shell, each)),
  );
}

function isWithin(folder: string, path: string): boolean {
  return folder === path || isInside(folder, path);
}
