import type { NextApp, Repo } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { type HandlerFunction, handlerFunction } from '../../../src/read/next/handler-function.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { isInside } from '../../../src/repo/paths.ts';

/** A route that is asked whether the application is well. */
export interface HealthRoute {
  readonly path: string;
  readonly url: string;
}

/** A health route whose answer was computed by the build. */
export interface FrozenRoute extends HealthRoute {
  readonly at: number;
}

const HEALTH =
  /\/(?:health(?:z|check|-check)?|status|live(?:ness|z)?|ready|readiness|readyz|ping|heartbeat|up)$/i;
/** What makes a route handler be asked for each request (nextjs.org/docs/14: "Route Handlers", "Opting out of caching"). */
const DYNAMIC =
  /\bexport\s+const\s+(?:dynamic\s*=\s*['"](?:force-dynamic|error)['"]|revalidate\s*=\s*0|runtime\s*=\s*['"](?:edge|experimental-edge)['"])|\b(?:headers|cookies|draftMode|connection|noStore|unstable_noStore)\(\s*\)/;

/** The health routes of an app. */
export function healthRoutesOf(repo: Repo, app: NextApp): readonly HealthRoute[] {
  return routeHandlers(repo, app).filter(({ url }) => HEALTH.test(url));
}

/**
 * Health routes that Next.js 13 and 14 prerender: a GET that does not look at its request answers for ever what it
 * answered when it was built. From Next.js 15 on that is no longer so.
 */
export function frozenHealth(repo: Repo, app: NextApp): readonly FrozenRoute[] {
  const { appDir } = app;
  const major = Number(/\d+/.exec(app.next)?.[0] ?? 15);
  if (appDir === undefined || major < 13 || major > 14) return [];
  return routeHandlers(repo, app)
    .filter(({ url, path }) => HEALTH.test(url) && isInside(appDir, path))
    .flatMap(({ path, url, methods }): FrozenRoute[] => {
      const module = methods !== 'unknown' && methods.join() === 'GET' ? peekModule(repo, path) : undefined;
      const handler = module && handlerFunction(module, 'GET');
      if (!module || !handler) return [];
      const code = module.withoutComments;
      if (DYNAMIC.test(code) || asksAlways(code) || looksAtRequest(handler, code)) return [];
      const statement = module.program.body.find(
        ({ start, end }) => start <= handler.start && handler.end <= end,
      );
      return [{ path, at: statement?.start ?? handler.start, url }];
    });
}

/** Whether the function takes its request apart or uses it by its name. */
function looksAtRequest({ params, body }: HandlerFunction, code: string): boolean {
  const [request] = params;
  if (!request || !body) return false;
  if (request.type !== 'Identifier') return true;
  return new RegExp(`\\b${escaped(request.name)}\\b`).test(code.slice(body.start, body.end));
}

/** A request that is never cached keeps the route from being prerendered, unless a variable of the build decides. */
function asksAlways(code: string): boolean {
  return /no-store|revalidate:\s*0/.test(code) && !/\bif\s*\([^)]{0,300}process\.env\./.test(code);
}
