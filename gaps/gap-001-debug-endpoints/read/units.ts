import type { Repo } from '../../../src/contract.ts';
import type { Caller } from './caller.ts';
import { callersOf } from './callers.ts';
import type { OpenRoute } from './routes.ts';

/** An open debug url: the files that serve it, and what needs it. Closed together or not at all. */
export interface Unit {
  readonly url: string;
  readonly routes: readonly OpenRoute[];
  readonly callers: readonly Caller[];
}

/** The units of some open routes. */
export function unitsOf(repo: Repo, open: readonly OpenRoute[]): readonly Unit[] {
  const callers = callersOf(repo, open);
  return [...new Set(open.map(({ url }) => url))].map((url) => ({
    url,
    routes: open.filter((route) => route.url === url),
    callers: callers.filter((caller) => caller.url === url),
  }));
}
