import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { type MissingCall, missingCalls } from './read/code-callers.ts';
import type { Route } from './read/guard.ts';
import { type DebugRoute, debugRoutes, doubtfulRoutes, isOpen } from './read/routes.ts';
import { type Unit, unitsOf } from './read/units.ts';
import { linkToRoutes, unreadableCode } from './read/unreadable.ts';
import { linkStep } from './steps.ts';

/** The debug routes of a repository, and what needs them. */
export interface DebugEndpoints {
  readonly repo: Repo;
  /** By app: every route that stands where debug routes stand, and what is like one. */
  readonly apps: readonly AppRoutes[];
  /** Every open debug url. */
  readonly units: readonly Unit[];
  /** Code and settings that may call an open route and cannot be read. */
  readonly unreadable: readonly string[];
}

/** The debug routes of one app. */
export interface AppRoutes {
  readonly routes: readonly DebugRoute[];
  /** Called like debug routes, and they ask nobody who they are. */
  readonly doubtful: readonly Route[];
  /** Strings that name a debug url which no route serves. */
  readonly missing: readonly MissingCall[];
}

/** Reads the routes of each app, what keeps them from the public, and who calls the open ones. */
export function read(repo: Repo): DebugEndpoints | NotApplicable | Unknown {
  const { apps } = repo.layout;
  if (apps.length === 0) return notApplicable('no Next.js app');
  const found = apps.map((app): AppRoutes => {
    const routes = debugRoutes(repo, app);
    return { routes, doubtful: doubtfulRoutes(repo, app), missing: missingCalls(repo, app, routes) };
  });
  const units = unitsOf(
    repo,
    found.flatMap(({ routes }) => routes.filter(isOpen)),
  );
  const link = apps.map((app) => linkToRoutes(repo, app)).find((each) => each !== undefined);
  if (units.length === 0 && link !== undefined)
    return unknown(`${link} is a link, and a debug route may stand where it leads`, [linkStep(link)]);
  return { repo, apps: found, units, unreadable: units.length === 0 ? [] : unreadableCode(repo) };
}
