import type { NextApp, Repo } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { routeHandlers } from '../../src/read/next/next-routes.ts';

/** A health route whose answer was computed by the build. */
export interface FrozenRoute {
  readonly path: string;
  readonly at: number;
  readonly url: string;
}

const HEALTH =
  /\/(?:health(?:z|check|-check)?|status|live(?:ness|z)?|ready|readiness|readyz|ping|heartbeat|up)$/i;
const GET =
  /\bexport\s+(?:async\s+)?function\s+GET\s*\(\s*([^)]*)\)|\bexport\s+const\s+GET\s*=\s*(?:async\s*)?\(\s*([^)]*)\)/;
/** What makes a route handler be asked for each request (nextjs.org/docs/14: "Route Handlers", "Opting out of caching"). */
const DYNAMIC =
  /\bexport\s+const\s+(?:dynamic\s*=\s*['"](?:force-dynamic|error)['"]|revalidate\s*=\s*0|runtime\s*=\s*['"](?:edge|experimental-edge)['"])|\b(?:headers|cookies|draftMode|connection|noStore|unstable_noStore)\(\s*\)/;

/**
 * Health routes that Next.js 13 and 14 prerender: a GET that does not look at its request answers for ever what it
 * answered when it was built. From Next.js 15 on that is no longer so.
 */
export function frozenHealth(repo: Repo, app: NextApp): readonly FrozenRoute[] {
  const major = Number(/\d+/.exec(app.next)?.[0] ?? 15);
  if (app.appDir === undefined || major < 13 || major > 14) return [];
  return routeHandlers(repo, app)
    .filter(({ url, path }) => HEALTH.test(url) && path.startsWith(app.appDir ?? ''))
    .flatMap(({ path, url, methods }): FrozenRoute[] => {
      if (methods === 'unknown' || !methods.includes('GET')) return [];
      const code = withoutComments(repo, path);
      const found = GET.exec(code);
      if (!found || methods.length > 1 || DYNAMIC.test(code)) return [];
      const name = /^\s*(\w+)/.exec(found[1] ?? found[2] ?? '')?.[1];
      const looks =
        /^\s*\{/.test(found[1] ?? found[2] ?? '') ||
        (name !== undefined &&
          new RegExp(`\\b${name}\\s*[.)\\],;]`).test(code.slice(found.index + found[0].length)));
      return looks || asksAlways(code) ? [] : [{ path, at: found.index, url }];
    });
}

/** A request that is never cached keeps the route from being prerendered, unless a variable of the build decides. */
function asksAlways(code: string): boolean {
  return /no-store|revalidate:\s*0/.test(code) && !/\bif\s*\([^)]*process\.env\./.test(code);
}
