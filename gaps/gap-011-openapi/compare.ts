import type { Repo } from '../../src/contract.ts';
import { type RouteHandlers, routeHandlers } from '../../src/read/next/next-routes.ts';
import type { Description, Operation } from './descriptions.ts';

/** One method of a route; '*' where the file does not say which it serves. */
export interface Served {
  readonly route: RouteHandlers;
  readonly method: string;
}

/** Routes of libraries, whose protocol is the library's to document. */
const LIBRARY =
  /\/(auth|trpc|graphql|uploadthing|inngest|edgestore|copilotkit|swagger|api-?docs?|openapi(\.json)?|doc|docs)(\/|$)/;

/** Every operation of the repository's own API. */
export function servedBy(repo: Repo): readonly Served[] {
  return servedAnywhere(repo).filter(({ route }) => /(^|\/)api(\/|$)/.test(route.url));
}

/** Every operation of any route handler, also outside of /api. */
export function servedAnywhere(repo: Repo): readonly Served[] {
  return repo.layout.apps.flatMap((app) =>
    routeHandlers(repo, app).flatMap((route): Served[] => {
      if (route.methods === 'unknown') return [{ route, method: '*' }];
      return route.methods
        .filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
        .map((method) => ({ route, method }));
    }),
  );
}

/** Whether a description has to name it: not a catch-all, not a library's route, nothing that a tool wrote. */
export function isOwn({ route }: Served): boolean {
  return (
    !route.url.includes('[...') &&
    !route.url.includes('[[') &&
    !LIBRARY.test(route.url) &&
    !route.url.includes('/generated/')
  );
}

/** Whether the description's path is the route's, whatever their parameters are called; a leading /api may be left out. */
export function isSamePath(documented: string, url: string): boolean {
  const pattern = patternOf(url);
  return pattern.test(documented) || pattern.test(`/api${documented}`);
}

const patterns = new Map<string, RegExp>();

function patternOf(url: string): RegExp {
  let pattern = patterns.get(url);
  if (!pattern) {
    const source = url
      .replace(/[.*+?^${}()|\\]/g, '\\$&')
      .replace(/\/\[\[\\\.\\\.\\\.[^\]]*\]\]/g, '(?:/.+)?')
      .replace(/\[\\\.\\\.\\\.[^\]]*\]/g, '.+')
      .replace(/\[[^\]]*\]/g, '(?:\\{[^}/]+\\}|:\\w+|[^/{}]+)');
    pattern = new RegExp(`^${source}/?$`);
    patterns.set(url, pattern);
  }
  return pattern;
}

/** Whether an operation of a description documents one that is served. */
export function documents(operation: Operation, { route, method }: Served): boolean {
  const isSameMethod = method === '*' || operation.method === '*' || operation.method === method;
  return isSameMethod && isSamePath(operation.url, route.url);
}

/** A description of this API: one of its paths is served here. */
export function isOfThisApi({ operations, isPartial }: Description, served: readonly Served[]): boolean {
  return isPartial || operations.some(({ url }) => served.some(({ route }) => isSamePath(url, route.url)));
}

/**
 * What a description names and no route serves. Empty where most of it is served elsewhere: then the description
 * covers more than this application, and what is served elsewhere is not known here.
 */
export function unserved({ operations }: Description, served: readonly Served[]): readonly Operation[] {
  const missing = operations.filter(
    (operation) => !served.some((each) => documents(operation, each) || isHeadOf(operation, each)),
  );
  return missing.length * 2 > operations.length ? [] : missing;
}

/** HEAD and OPTIONS are answered by Next.js itself for every route. */
function isHeadOf({ method, url }: Operation, { route }: Served): boolean {
  return (method === 'HEAD' || method === 'OPTIONS') && isSamePath(url, route.url);
}

/** How APIs for others are set apart from routes that only the application's own pages call. */
const PUBLIC = /^\/api\/(?:v\d+|public|external|rest|open)(?=\/)/;
const LEAST_DOCUMENTED = 3;

/**
 * Whether a route is the application's own business: most of what is documented stands below a base for others
 * (`/api/v1`, `/api/public`), and this one stands neither there nor below anything else that is documented.
 */
export function isInternal(url: string, documented: readonly string[]): boolean {
  const bases = documented.flatMap((each) => PUBLIC.exec(each)?.[0] ?? []);
  if (documented.length < LEAST_DOCUMENTED || bases.length * 2 <= documented.length) return false;
  return ![...bases, ...documented].some((base) => url === base || url.startsWith(`${base}/`));
}
