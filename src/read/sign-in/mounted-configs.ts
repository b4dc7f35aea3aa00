import type { Repo } from '../../repo/repo.ts';
import type { CodeBase, Place } from '../code/code-base.ts';
import { firstReached, leavesSight, reachedThat } from '../code/reach.ts';
import { routeHandlers } from '../next/next-routes.ts';

const MOUNTS = /\bNextAuth\(|\bhandlers?\b|toNextJsHandler|toNodeHandler|\bauth\.handler\b|\bAuth\(/;
const SERVER = /(^|\/)(?:middleware|proxy|server|instrumentation)\.[cm]?[jt]s$/;

/**
 * The configurations of a sign-in library that requests get to: those that the route of the library imports, or is.
 * Another one may still be imported for its types or by `getServerSession`; nobody signs in through it.
 */
export function mountedConfigs(repo: Repo, { app }: CodeBase, configs: readonly Place[]): readonly Place[] {
  if (configs.length === 0 || !configs.every(({ match }) => needsRoute(match))) return configs;
  const routes = routeHandlers(repo, app).map(({ path }) => path);
  const mounting = routes.filter((path) => repo.mentions(path, MOUNTS));
  const servers = app.files.filter((path) => SERVER.test(path));
  const places = new Set(configs.map(({ path }) => path));
  for (const entries of [mounting, [...routes, ...servers]]) {
    const reached = reachedThat(repo, app, entries, (path) => places.has(path));
    const mounted = configs.filter(({ path }) => reached.includes(path));
    if (mounted.length > 0) return mounted;
    if (firstReached(repo, app, entries, (path) => leavesSight(repo, app, path)) !== undefined)
      return configs;
  }
  return [];
}

/** Lucia, passport and sessions of one's own are called where they are needed, by any code. */
function needsRoute(match: string): boolean {
  return !/Lucia|passport/.test(match);
}
