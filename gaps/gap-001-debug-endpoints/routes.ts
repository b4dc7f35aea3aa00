import type { NextApp, Repo } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';
import { isInside } from '../../src/repo/paths.ts';
import { type Guard, guardOf, METHODS, startsWithGuard } from './guard.ts';

/** A route that stands where debug routes stand, and what keeps it from the public, if anything does. */
export interface DebugRoute {
  readonly path: string;
  /** As it is called: `/api/test/groq`. */
  readonly url: string;
  readonly kind: 'app' | 'pages';
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
  return app.files.flatMap((path): DebugRoute[] => {
    const url = urlOf(app, path);
    if (url === undefined || !isDebugUrl(url)) return [];
    const kind = kindOf(app, path);
    return [{ path, url, kind, guard: guardOf(repo, path, kind) }];
  });
}

function kindOf({ pagesDir }: NextApp, path: string): DebugRoute['kind'] {
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
export function doubtfulRoutes(repo: Repo, app: NextApp): readonly Pick<DebugRoute, 'path' | 'url'>[] {
  return app.files.flatMap((path) => {
    const url = urlOf(app, path);
    if (url === undefined) return [];
    const { folder, rest } = partsOf(url);
    const isDoubtful = DOUBTFUL.test(folder) && !PRODUCT.test(folder);
    if (!isDoubtful || rest.some((segment) => segment.startsWith('['))) return [];
    return guardOf(repo, path, kindOf(app, path)) === 'none' ? [{ path, url }] : [];
  });
}

/** What follows `/api`, or `/api/v1`. */
function partsOf(url: string): { readonly folder: string; readonly rest: readonly string[] } {
  const [, api, ...segments] = url.split('/');
  const [folder = '', ...rest] = /^v\d+$/.test(segments[0] ?? '') ? segments.slice(1) : segments;
  return api === 'api' ? { folder, rest } : { folder: '', rest: [] };
}

/** A handler's opening up to its body's first statement. */
const HANDLER =
  /export\s+(?:default\s+)?(?:async\s+)?function\s*(\w*)\s*\(|export\s+const\s+(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b[^=]*=/g;
/** What hands on something that is written elsewhere. */
const ELSEWHERE = /\bexport\s*(?:\*|const\s*\{|\{[^}]*\}\s*from\b)/;
const LIST = /\bexport\s*\{([^}]*)\}/g;

/** The same question as `guardOf` answers from the tree, asked of the text alone. */
export function everyHandlerIsGuarded(source: string): boolean {
  const text = blankComments(source);
  if (ELSEWHERE.test(text)) return false;
  const starts = [
    ...[...text.matchAll(HANDLER)]
      .filter(
        ([whole, name]) =>
          name === undefined || name === '' || METHODS.has(name) || whole.includes('default'),
      )
      .map(({ index }) => index),
    ...[...text.matchAll(LIST)].flatMap(([, names = '']) => startsOfListed(text, names)),
  ];
  return (
    starts.length > 0 &&
    starts.every((at) => startsWithGuard(text.slice(at).split(/(?<!^)\bexport\b/)[0] ?? ''))
  );
}

function startsOfListed(text: string, names: string): readonly number[] {
  return [...names.matchAll(/([\w$]+)(?:\s+as\s+([\w$]+))?/g)]
    .filter(([, local = '', exported = local]) => METHODS.has(exported) || exported === 'default')
    .map(([, local]) => text.search(new RegExp(`\\b(function|const|let)\\s+${local}\\b`)))
    .map((at) => (at === -1 ? text.length : at));
}
