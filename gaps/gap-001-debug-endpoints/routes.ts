import type { NextApp, Repo } from '../../src/contract.ts';
import { oncePer } from '../../src/repo/once.ts';
import { isInside } from '../../src/repo/paths.ts';
import { type Guard, guardOf, type Route } from './guard.ts';

/** A route that stands where debug routes stand, and what keeps it from the public, if anything does. */
export interface DebugRoute extends Route {
  readonly app: NextApp;
  readonly guard: Guard;
}

/** Segments directly under api/ that hold routes for trying things out; Sentry's wizard leaves one that throws. */
const DEBUG_FOLDER = /^(_{0,2}(test|testing|debug)_{0,2}|debug-[\w-]+|[\w-]+-debug|sentry-example-api)$/;
/** Called like one, and often enough a part of the product: `test-connection` tries what a user has set up. */
const DOUBTFUL = /^(test-[\w-]+|[\w-]+-test|_{0,2}dev_{0,2})$/;
/** What a product may well name after tests. */
const PRODUCT =
  /^(ab|load|speed|stress|a11y|blood)-test$|^test-(results?|cases?|suites?|runs?|plans?|scores?|sets?|drives?)$/;

/** The debug routes of an app, by place, then by content. A route about tests as a product is none. */
export function debugRoutes(repo: Repo, app: NextApp): readonly DebugRoute[] {
  return routes(repo)(app);
}

const routes = oncePer((repo: Repo) => oncePer((app: NextApp) => readRoutes(repo, app)));

function readRoutes(repo: Repo, app: NextApp): readonly DebugRoute[] {
  return app.files.flatMap((path): DebugRoute[] => {
    const url = urlOf(app, path);
    if (url === undefined || !isDebugUrl(url)) return [];
    const route = { path, url, kind: kindOf(app, path) };
    return [{ ...route, app, guard: guardOf(repo, app, route) }];
  });
}

function kindOf({ pagesDir }: NextApp, path: string): Route['kind'] {
  return pagesDir !== undefined && isInside(pagesDir, path) ? 'pages' : 'app';
}

/** The url of a route handler or a pages API route; undefined for any other file. */
function urlOf({ appDir, pagesDir }: NextApp, path: string): string | undefined {
  if (appDir !== undefined && isInside(appDir, path) && /\/route\.[jt]sx?$/.test(path)) {
    const segments = path
      .slice(appDir.length + 1)
      .split('/')
      .slice(0, -1);
    return `/${segments.filter((segment) => !/^(\(.*\)|@.*)$/.test(segment)).join('/')}`;
  }
  if (pagesDir === undefined || !isInside(`${pagesDir}/api`, path) || !/\.[jt]sx?$/.test(path))
    return undefined;
  return `/${path.slice(pagesDir.length + 1).replace(/(\/index)?\.[jt]sx?$/, '')}`;
}

/** `/api/test/…` and `/api/debug/…`; `/api/test/[id]` is about tests, `/api/workflows/[id]/test` tests a workflow. */
export function isDebugUrl(url: string): boolean {
  const { folder, rest } = partsOf(url);
  return DEBUG_FOLDER.test(folder) && !rest.some((segment) => segment.startsWith('['));
}

/** The routes that are called like debug routes and ask nobody who they are: a person has to look. */
export function doubtfulRoutes(repo: Repo, app: NextApp): readonly Route[] {
  return app.files.flatMap((path) => {
    const url = urlOf(app, path);
    if (url === undefined) return [];
    const { folder, rest } = partsOf(url);
    const isDoubtful = DOUBTFUL.test(folder) && !PRODUCT.test(folder);
    if (!isDoubtful || rest.some((segment) => segment.startsWith('['))) return [];
    const route = { path, url, kind: kindOf(app, path) };
    return guardOf(repo, app, route).kind === 'none' ? [route] : [];
  });
}

/** What follows `/api`, or `/api/v1`. */
function partsOf(url: string): { readonly folder: string; readonly rest: readonly string[] } {
  const [, api, ...segments] = url.split('/');
  const [folder = '', ...rest] = /^v\d+$/.test(segments[0] ?? '') ? segments.slice(1) : segments;
  return api === 'api' ? { folder, rest } : { folder: '', rest: [] };
}
