import { type NextApp, type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { type RouteHandlers, routeHandlers } from '../../src/read/next/next-routes.ts';
import { type Handler, handlersOf } from './read/handlers.ts';
import { type Middleware, middlewareOf } from './read/middleware.ts';
import { type Missing, missingParts } from './read/missing-parts.ts';
import { openWrites } from './read/open-writes.ts';
import { type Stub, stubsOf } from './read/stub-answers.ts';
import { keyHandlers, type ServiceHandler } from './read/upstream-methods.ts';
import { type Waiting, waitingFiles } from './read/waiting.ts';
import { COMMON_ROUTES, MAY_BE_STUB, NAMED_ROUTES, OPEN_BY_DESIGN } from './tables.ts';

/** A route of which something is to be said. */
export interface JudgedRoute {
  readonly app: NextApp;
  readonly path: string;
  readonly url: string;
  /** `named`: the runbook asks for it; `sibling`: it stands beside those; `other`: in another application. */
  readonly standing: 'named' | 'sibling' | 'other';
  readonly handlers: readonly Handler[];
  /** Whether the code of any handler could be found. */
  readonly isRead: boolean;
  readonly stubs: readonly Stub[];
  readonly missing: readonly Missing[];
  /** Where a named route waits for a service without end. */
  readonly waiting: readonly Waiting[];
}

/** The API routes that are not complete. */
export interface ApiState {
  readonly repo: Repo;
  /** Those that have routes which the runbook names. */
  readonly apps: readonly NextApp[];
  /** What the services of this repository offer for the keys that the admin's route lists. */
  readonly keyHandlers: readonly ServiceHandler[];
  readonly routes: readonly JudgedRoute[];
}

/** Reads the API routes: each part of those that the runbook names, and of others what is certain. */
export function read(repo: Repo): ApiState | NotApplicable {
  const all = repo.layout.apps.flatMap((app) => routeHandlers(repo, app).map((route) => ({ app, route })));
  if (all.length === 0) return notApplicable('no API routes of a Next.js app');
  const isTarget = isRunbooks(all.map(({ route }) => route.url));
  const middleware = new Map(repo.layout.apps.map((app) => [app, middlewareOf(repo, app)]));
  const services = isTarget ? keyHandlers(repo) : [];
  const onlyListsKeys = services.length > 0 && services.every(({ method }) => method === 'get');
  const routes = all.flatMap(({ app, route }) => {
    const front = middleware.get(app);
    return front ? judged(repo, app, route, { middleware: front, isTarget, onlyListsKeys }) : [];
  });
  const named = all.filter(({ route }) => isTarget && NAMED_ROUTES.has(route.url)).map(({ app }) => app);
  const apps = [...new Set(named)];
  if (isTarget || routes.length > 0) return { repo, apps, routes, keyHandlers: services };
  return notApplicable(
    'none of the routes that the runbook names, and no route that is clearly a stub or clearly open to strangers',
  );
}

/** Whether these are the routes of the application that the runbook is about. */
function isRunbooks(urls: readonly string[]): boolean {
  const named = new Set(urls.filter((url) => NAMED_ROUTES.has(url)));
  return named.size > 1 || [...named].some((url) => !COMMON_ROUTES.has(url));
}

function judged(
  repo: Repo,
  app: NextApp,
  route: RouteHandlers,
  around: { readonly middleware: Middleware; readonly isTarget: boolean; readonly onlyListsKeys: boolean },
): readonly JudgedRoute[] {
  const { middleware, isTarget, onlyListsKeys } = around;
  const { path, url } = route;
  const standing = !isTarget ? 'other' : NAMED_ROUTES.has(url) ? 'named' : 'sibling';
  if (standing === 'sibling' && OPEN_BY_DESIGN.test(url)) return [];
  const handlers = handlersOf(repo, app, route);
  const text = withoutComments(repo, path);
  const missing: readonly Missing[] =
    standing === 'other'
      ? openWrites(repo, app, { url, handlers, middleware })
      : missingParts(handlers, { app, url, text, middleware, onlyListsKeys });
  const mayBeStub = standing !== 'sibling' && repo.mentions(path, MAY_BE_STUB);
  const stubs = mayBeStub ? stubsOf(url, handlers, commentsOf(repo, path)) : [];
  const isRead = standing !== 'named' || handlers.some(({ near }) => near !== '');
  const waiting = standing === 'named' ? waitingFiles(repo, app, path, handlers) : [];
  if (isRead && stubs.length + missing.length + waiting.length === 0) return [];
  return [{ app, path, url, standing, handlers, isRead, stubs, missing, waiting }];
}

/** What stands in the comments of a file. */
function commentsOf(repo: Repo, path: string): string {
  const text = repo.peek(path) ?? '';
  const code = blankComments(text);
  return text
    .split('')
    .filter((letter, at) => letter !== code[at])
    .join('');
}
