import { once, oncePer } from '../../repo/once.ts';
import { isInside } from '../../repo/paths.ts';
import type { NextApp, Repo } from '../../repo/repo.ts';
import { hasDefaultExport as hasDefault } from '../code/component-file.ts';
import { peekModule } from '../code/imports.ts';

/** A file that answers requests: a route handler of the app router, or an API route of the pages router. */
export interface RouteHandlers {
  readonly path: string;
  /** As it is called, dynamic segments as written: `/api/plugs/[plugId]`. */
  readonly url: string;
  /** The methods it exports, in Next.js's order; 'unknown' where the file does not say (default export, `export *`). */
  readonly methods: readonly string[] | 'unknown';
}

/** A file that renders a page. */
export interface PageFile {
  readonly path: string;
  readonly url: string;
}

/** The exports that Next.js calls (nextjs.org/docs: "Route Handlers"). */
export const HTTP_METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;

const ROUTE_FILE = /\/route\.[jt]sx?$/;
const PAGE_FILE = /(^|\/)page\.(?:[jt]sx?|mdx?)$/;
const CODE_FILE = /(?<!\.d)\.[jt]sx?$/;
const TEST_FILE = /\.(test|spec|stories)\.|(^|\/)__(tests|mocks)__\//;

/** Every route handler of an app, by path. Files that cannot be read answer 'unknown'. */
export function routeHandlers(repo: Repo, app: NextApp): readonly RouteHandlers[] {
  return handlers(repo)(app);
}

const handlers = oncePer((repo: Repo) => oncePer((app: NextApp) => readHandlers(repo, app)));

function readHandlers(repo: Repo, { appDir, pagesDir, files }: NextApp): readonly RouteHandlers[] {
  return files.flatMap((path): RouteHandlers[] => {
    if (appDir !== undefined && isInside(appDir, path) && ROUTE_FILE.test(path)) {
      const url = appUrl(appDir, path);
      return url === undefined ? [] : [routeHandler(repo, path, url)];
    }
    if (pagesDir === undefined || !isInside(`${pagesDir}/api`, path)) return [];
    if (!CODE_FILE.test(path) || TEST_FILE.test(path) || !hasDefaultExport(repo, path)) return [];
    return [{ path, url: pagesUrl(pagesDir, path), methods: 'unknown' }];
  });
}

/** Many ask for the url alone, so the file is read for its methods when somebody asks for them. */
function routeHandler(repo: Repo, path: string, url: string): RouteHandlers {
  const methods = once(() => exportedMethods(repo, path));
  return {
    path,
    url,
    get methods() {
      return methods();
    },
  };
}

/** Every page of an app, by path; those that only stand in for others (intercepted routes) left out. */
export function pages(_repo: Repo, app: NextApp): readonly PageFile[] {
  const { appDir, pagesDir } = app;
  return app.files.flatMap((path): PageFile[] => {
    if (appDir !== undefined && isInside(appDir, path) && PAGE_FILE.test(path)) {
      const url = appUrl(appDir, path);
      return url === undefined ? [] : [{ path, url }];
    }
    if (pagesDir === undefined || !isInside(pagesDir, path) || isInside(`${pagesDir}/api`, path)) return [];
    if (!/(?<!\.d)\.(?:[jt]sx?|mdx?)$/.test(path) || TEST_FILE.test(path)) return [];
    const url = pagesUrl(pagesDir, path);
    return /^\/(_app|_document|_error|404|500)$/.test(url) ? [] : [{ path, url }];
  });
}

/** Route groups and slots are no part of a url; private folders and intercepting routes have none of their own. */
function appUrl(appDir: string, path: string): string | undefined {
  const segments = path
    .slice(appDir === '' ? 0 : appDir.length + 1)
    .split('/')
    .slice(0, -1);
  if (segments.some((segment) => /^(_|\(\.+\))/.test(segment))) return undefined;
  return `/${segments.filter((segment) => !/^(\(.*\)|@.*)$/.test(segment)).join('/')}`;
}

function pagesUrl(pagesDir: string, path: string): string {
  return `/${path.slice(pagesDir.length + 1).replace(/\.\w+$/, '')}`.replace(/\/index$/, '') || '/';
}

/** Also in the form of CommonJS, which a module's exports do not tell of. */
function hasDefaultExport(repo: Repo, path: string): boolean {
  if (!repo.mentions(path, /\bdefault\b|\bmodule\.exports\b/)) return false;
  const module = peekModule(repo, path);
  if (!module) return repo.mentions(path, /\bexport\s+default\b/);
  return hasDefault(module) || /\bmodule\.exports\b/.test(module.text);
}

function exportedMethods(repo: Repo, path: string): readonly string[] | 'unknown' {
  const entries = peekModule(repo, path)?.exports.flatMap((each) => each.entries);
  if (entries === undefined) return 'unknown';
  const names = entries.filter(({ isType }) => !isType).map(({ exportName }) => exportName);
  if (names.some(({ kind }) => kind === 'None')) return 'unknown';
  const methods = HTTP_METHODS.filter((method) => names.some(({ name }) => name === method));
  return methods.length === 0 ? 'unknown' : methods;
}
