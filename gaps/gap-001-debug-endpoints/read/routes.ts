import type { NextApp, Repo } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { isInside } from '../../../src/repo/paths.ts';
import {
  CODE,
  DEBUG_FOLDER,
  DOUBTFUL_FOLDER,
  PRODUCT_FOLDER,
  SETTINGS,
  TRYING_OUT_FOLDER,
} from '../tables.ts';
import { isTest } from './caller.ts';
import { type Guard, guardOf, type OpenGuard, type Route } from './guard.ts';

/** A route that stands where debug routes stand, and what keeps it from the public, if anything does. */
export interface DebugRoute extends Route {
  readonly app: NextApp;
  readonly guard: Guard;
}

/** A route that answers anybody. */
export interface OpenRoute extends DebugRoute {
  readonly guard: OpenGuard;
}

/** Whether a debug route answers anybody. */
export function isOpen(route: DebugRoute): route is OpenRoute {
  return route.guard.kind === 'none';
}

/** The debug routes of an app, by place, then by content. A route about tests as a product is none. */
export function debugRoutes(repo: Repo, app: NextApp): readonly DebugRoute[] {
  return routesOf(app)
    .filter(
      ({ url, path }) =>
        (isDebugUrl(url) || (triesOut(url) && !isCalledBelow(repo, url))) && hasHandler(repo, path),
    )
    .map((route) => ({ ...route, app, guard: guardOf(repo, app, route) }));
}

/** The routes that are called like debug routes and ask nobody who they are: a person has to look. */
export function doubtfulRoutes(repo: Repo, app: NextApp): readonly Route[] {
  return routesOf(app)
    .filter(({ url }) => {
      const { folder, isStatic } = partsOf(url);
      return isStatic
        ? DOUBTFUL_FOLDER.test(folder) && !PRODUCT_FOLDER.test(folder)
        : triesOut(url) && isCalledBelow(repo, url);
    })
    .filter((route) => guardOf(repo, app, route).kind === 'none');
}

/** `/api/test/…` and `/api/debug/…`; `/api/test/[id]` is about tests, `/api/workflows/[id]/test` tests a workflow. */
export function isDebugUrl(url: string): boolean {
  const { folder, isStatic } = partsOf(url);
  return isStatic && DEBUG_FOLDER.test(folder);
}

/** `/api/testing/[template]`: one route for whatever is tried out. */
function triesOut(url: string): boolean {
  const { folder, isStatic } = partsOf(url);
  return !isStatic && TRYING_OUT_FOLDER.test(folder);
}

/** Whether something names an address that a dynamic segment takes: who calls it is not told by the url alone. */
function isCalledBelow(repo: Repo, url: string): boolean {
  const fixed = url.slice(0, url.indexOf('['));
  const tail = fixed.replace(/^\/api/, '');
  return repo.files.some((path) => {
    if (!(CODE.test(path) || SETTINGS.test(path)) || isTest(path)) return false;
    const text = repo.peek(path) ?? '';
    return text.includes(fixed) || [`'${tail}`, `"${tail}`, `\`${tail}`].some((each) => text.includes(each));
  });
}

/** The folder of a debug url in which it stands with others; the url itself where nothing but `/api` is above. */
export function debugFolderOf(url: string): string {
  const parent = url.slice(0, url.lastIndexOf('/'));
  return isDebugUrl(parent) ? parent : url;
}

/** A file that hands nothing out answers nobody: it is empty, or all of it is commented out. */
function hasHandler(repo: Repo, path: string): boolean {
  const module = peekModule(repo, path);
  return !module || module.exports.length > 0 || /\bexports\b/.test(module.text);
}

function routesOf(app: NextApp): readonly Route[] {
  return app.files.flatMap((path): readonly Route[] => {
    const { appDir, pagesDir } = app;
    if (appDir !== undefined && isInside(appDir, path) && /\/route\.[jt]sx?$/.test(path))
      return [{ path, kind: 'app', url: urlOfFolder(path.slice(appDir.length + 1)) }];
    if (pagesDir === undefined || !isInside(`${pagesDir}/api`, path) || !/\.[jt]sx?$/.test(path)) return [];
    return [
      { path, kind: 'pages', url: `/${path.slice(pagesDir.length + 1).replace(/(\/index)?\.[jt]sx?$/, '')}` },
    ];
  });
}

/** Route groups and slots are no part of a url. */
function urlOfFolder(path: string): string {
  const segments = path.split('/').slice(0, -1);
  return `/${segments.filter((segment) => !/^(\(.*\)|@.*)$/.test(segment)).join('/')}`;
}

/** What follows `/api`, or `/api/v1`: the first folder, and whether the rest is the same for every call. */
function partsOf(url: string): { readonly folder: string; readonly isStatic: boolean } {
  const [, api, ...segments] = url.split('/');
  const [folder = '', ...rest] = /^v\d+$/.test(segments[0] ?? '') ? segments.slice(1) : segments;
  return { folder: api === 'api' ? folder : '', isStatic: !rest.some((segment) => segment.startsWith('[')) };
}
