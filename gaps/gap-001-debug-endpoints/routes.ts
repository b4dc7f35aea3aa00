import type { NextApp, Repo } from '../../src/contract.ts';
import { isInside } from '../../src/repo/paths.ts';

/** A route that stands where debug routes stand, and what keeps it from the public, if anything does. */
export interface DebugRoute {
  readonly path: string;
  /** As it is called: `/api/test/groq`. */
  readonly url: string;
  readonly kind: 'app' | 'pages';
  readonly guard: 'none' | 'production' | 'authentication';
}

/** Segments directly under api/ that hold routes for trying things out; Sentry's wizard leaves one that throws. */
const DEBUG_FOLDER = /^(_{0,2}(test|testing|debug)_{0,2}|debug-[\w-]+|[\w-]+-debug|sentry-example-api)$/;
/** Called like one, and often enough a part of the product: `test-connection` tries what a user has set up. */
const DOUBTFUL = /^(test-[\w-]+|[\w-]+-test|_{0,2}dev_{0,2})$/;
/** What a product may well name after tests. */
const PRODUCT =
  /^(ab|load|speed|stress|a11y|blood)-test$|^test-(results?|cases?|suites?|runs?|plans?|scores?|sets?|drives?)$/;
export const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

/** The debug routes of an app, by place, then by content. A route about tests as a product is none. */
export function debugRoutes(repo: Repo, app: NextApp): readonly DebugRoute[] {
  return app.files.flatMap((path): DebugRoute[] => {
    const url = urlOf(app, path);
    if (url === undefined || !isDebugUrl(url)) return [];
    const kind = app.pagesDir !== undefined && isInside(app.pagesDir, path) ? 'pages' : 'app';
    return [{ path, url, kind, guard: guardOf(repo, path) }];
  });
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
    return isDoubtful && !rest.some((segment) => segment.startsWith('[')) && guardOf(repo, path) === 'none'
      ? [{ path, url }]
      : [];
  });
}

/** What follows `/api`, or `/api/v1`. */
function partsOf(url: string): { readonly folder: string; readonly rest: readonly string[] } {
  const [, api, ...segments] = url.split('/');
  const [folder = '', ...rest] = /^v\d+$/.test(segments[0] ?? '') ? segments.slice(1) : segments;
  return api === 'api' ? { folder, rest } : { folder: '', rest: [] };
}

const AUTHENTICATION =
  /\b(getServerSession|getKindeServerSession|getIronSession|getSession|getToken|getAuth|requireAuth|requireUser|requireAdmin|requireSession|withAuth\w*|currentUser|validateRequest|verifySession|verifyToken|verifyJwt|auth\.api\.getSession|auth\.getUser|auth\.protect)\b|\bawait auth\(\)|\bauth\(\)|headers\(?\)?\.get\(\s*['"](authorization|x-api-key)['"]|headers(?:\.authorization\b|\[['"](authorization|x-api-key)['"])/i;

function guardOf(repo: Repo, path: string): DebugRoute['guard'] {
  const text = repo.peek(path) ?? '';
  if (AUTHENTICATION.test(text)) return 'authentication';
  return /_ENV\b|is_?(prod|dev)/i.test(text) && everyHandlerIsGuarded(text) ? 'production' : 'none';
}

/** A handler's opening up to its body's first statement. */
const HANDLER =
  /export\s+(?:default\s+)?(?:async\s+)?function\s*(\w*)\s*\(|export\s+const\s+(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b[^=]*=/g;
const GUARD =
  /^\s*(?:\/\/.*\s*)*if\s*\(\s*((process\.)?env\.(NODE_ENV|VERCEL_ENV)\s*(===?\s*['"]production['"]|!==?\s*['"](development|test)['"])|(is_?[pP]rod(uction)?|IS_PROD(UCTION)?)(\(\))?|!\s*(is_?[dD]ev(elopment)?|IS_DEV(ELOPMENT)?)(\(\))?)\s*\)\s*\{?\s*(return|throw|notFound\()/;

/** Whether the first thing that each exported handler does in production is to answer that it is not there. */
export function everyHandlerIsGuarded(text: string): boolean {
  const handlers = [...text.matchAll(HANDLER)].filter(
    ([whole, name]) => name === undefined || name === '' || METHODS.has(name) || whole.includes('default'),
  );
  return (
    handlers.length > 0 &&
    handlers.every((handler) => GUARD.test(bodyAfter(text, handler.index + handler[0].length)))
  );
}

/** The text of a function's body: after the first brace that follows its parameters. */
function bodyAfter(text: string, from: number): string {
  let depth = text[from - 1] === '(' ? 1 : 0;
  for (let at = from; at < text.length; at += 1) {
    const c = text[at];
    if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    else if (c === '{' && depth === 0) return text.slice(at + 1);
  }
  return '';
}
