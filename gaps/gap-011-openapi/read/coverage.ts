import type { Repo } from '../../../src/contract.ts';
import { reachableFrom } from '../../../src/read/code/imports.ts';
import { specifiersOf } from '../../../src/read/code/specifier-words.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { ROUTE_GENERATOR, SERVER } from '../tables.ts';
import type { Description, Operation } from './description.ts';
import { documents, isInternal, type Match, matchOf, scopeOf, unserved } from './matching.ts';
import type { OpenEnd, Served, ServedApi } from './served-operations.ts';

/** An operation that no description names. */
export interface Undescribed {
  readonly served: Served;
  /** Called by the application itself or by machines: no description owes it a line. */
  readonly isInternal: boolean;
}

/** A way into what is not seen here, and what describes that. */
export interface OpenEndCoverage extends OpenEnd {
  readonly behind: Description | undefined;
  /** How many operations it describes behind it. */
  readonly operations: number;
}

/** How far an app's API is described. */
export interface Coverage {
  readonly api: ServedApi;
  readonly matches: readonly Match[];
  readonly undescribed: readonly Undescribed[];
  readonly unserved: readonly Operation[];
  readonly openEnds: readonly OpenEndCoverage[];
  /** A generator that describes the app, whose operations cannot be read. */
  readonly generator: Description | undefined;
  /** Whether what no description names may be described where it cannot be read. */
  readonly isPartial: boolean;
}

/** An app of which nothing is described, neither its own routes nor what it hands on. */
export function isBare({ api, matches, generator, undescribed, openEnds }: Coverage): boolean {
  return (
    matches.length === 0 &&
    generator === undefined &&
    undescribed.length > 0 &&
    undescribed.length === api.own.length &&
    openEnds.every(({ behind }) => behind === undefined)
  );
}

/** Holds an app's API against the descriptions of the repository. */
export function coverageOf(repo: Repo, api: ServedApi, descriptions: readonly Description[]): Coverage {
  const matches = descriptions.flatMap((each) => matchOf(each, api.own, api.all) ?? []);
  const unread = descriptions.filter(({ operations }) => operations.length === 0);
  const generator = matches.length > 0 ? undefined : unread.find((each) => describes(repo, api, each));
  const openEnds = api.openEnds.map((end) => behindOf(repo, api, end, descriptions));
  const bare = api.own.filter((served) => !isDescribed(repo, served, matches));
  const scope = scopeOf(
    api.own,
    bare,
    openEnds.some(({ behind }) => behind !== undefined),
  );
  return {
    api,
    matches,
    undescribed: bare.map((served) => ({ served, isInternal: isInternal(served.url, scope) })),
    unserved: matches.flatMap((match) => unserved(match, api.all)),
    openEnds,
    generator,
    isPartial: generator !== undefined || matches.some(({ description }) => description.isPartial),
  };
}

/** By a description, or by a generator's function in the route's own file. */
function isDescribed(repo: Repo, served: Served, matches: readonly Match[]): boolean {
  return (
    matches.some(({ description, base }) =>
      description.operations.some((operation) => documents(operation, served, base)),
    ) || specifiersOf(repo, served.path).some((each) => ROUTE_GENERATOR.test(each))
  );
}

/** What describes a server beside the apps says nothing of their routes, unless they hand requests to it. */
function describes(repo: Repo, { app }: ServedApi, { dir, tellers }: Description): boolean {
  if (tellers.some((each) => app.files.includes(each))) return true;
  const workspace = repo.layout.packages.find((each) => each.dir === dir);
  if (!workspace || dir === app.dir) return workspace !== undefined && tellers.length === 0;
  const isServer = Object.keys(workspace.manifest.dependencies).some((each) => SERVER.test(each));
  const routes = routeHandlers(repo, app).map((route) => route.path);
  const reached = reachableFrom(repo, app, routes);
  return !isServer || tellers.some((each) => reached.has(each));
}

/**
 * What describes the server behind an open end: what names addresses that begin like it, what its code tells, or,
 * behind a proxy, a description of an API that is not the app's own.
 */
function behindOf(
  repo: Repo,
  { app, all, own }: ServedApi,
  end: OpenEnd,
  descriptions: readonly Description[],
): OpenEndCoverage {
  const files = reachableFrom(repo, app, [end.path]);
  const found = descriptions.flatMap((description) => {
    const { operations, bases, tellers } = description;
    const below = operations.filter(({ path }) =>
      bases.some((base) => (base + path).startsWith(end.prefix)),
    ).length;
    const isTold = tellers.some((each) => files.has(each));
    const isOwn = tellers.some((each) => app.files.includes(each)) || matchOf(description, own, all);
    const isElsewhere = end.isProxy && !isOwn;
    if (below === 0 && !isTold && !isElsewhere) return [];
    return [{ description, operations: below > 0 ? below : operations.length }];
  });
  const [best] = found.sort((a, b) => b.operations - a.operations);
  return { ...end, behind: best?.description, operations: best?.operations ?? 0 };
}
