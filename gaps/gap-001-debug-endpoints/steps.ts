import type { ManualStep, Repo } from '../../src/contract.ts';
import type { Caller } from './callers.ts';
import { placeIn } from './mentions.ts';
import type { OpenRoute, Unit } from './survey.ts';

/** What a person has to do about one caller before its route can go. */
export function callerStep(repo: Repo, { path, at, url, kind }: Caller, why: string): ManualStep {
  const place = placeIn(path, repo.peek(path) ?? '', at);
  const seenBy = `Nothing but tests and documents names ${url}.`;
  switch (kind) {
    case 'setting':
      return {
        title: `Point ${place} at another address than ${url}, or take it out, then run this gap again`,
        why: 'Something other than a page calls the route from there, and what it should call instead is a decision; the route stays until then.',
        seenBy,
      };
    case 'import':
    case 'test-import':
      return {
        title: `Move what ${place} imports from the route ${url} into a module of its own, or take the import out, then run this gap again`,
        why: 'The app does not compile without the file of the route; it stays until then.',
        seenBy: 'No other file imports the file of the route.',
      };
    default:
      return {
        title: `Take the call of ${url} out of ${place}, then run this gap again`,
        why: `${why[0]?.toUpperCase()}${why.slice(1)}; the route stays until then.`,
        seenBy,
      };
  }
}

/** The step for a route that no edit can close. */
export function routeStep({ path, url, guard }: OpenRoute): ManualStep {
  return {
    title: `Look at ${path}: answer 404 first in every handler when NODE_ENV is production, or delete the file`,
    why: guard.isUnseen
      ? 'A handler is written where it cannot be read, so nothing says what keeps the public out.'
      : 'Other handlers of the file ask for a login, or may: the file is more than an open route.',
    seenBy: `Every handler of ${url} starts with the guard, or the file is gone.`,
  };
}

/** The step for code that may call a route, and cannot be read. */
export function unreadableStep(path: string): ManualStep {
  return {
    title: `Save ${path} as UTF-8 text, then run this gap again`,
    why: 'It cannot be read, so nothing tells whether it calls one of the routes; they stay until then.',
    seenBy: 'The file can be read.',
  };
}

/** Tests that call what is gone, for a person to adapt. */
export function testStep(repo: Repo, units: readonly Unit[]): readonly ManualStep[] {
  const places = units.flatMap(({ callers }) =>
    callers
      .filter(({ kind }) => kind === 'test')
      .map(({ path, at }) => placeIn(path, repo.peek(path) ?? '', at)),
  );
  if (places.length === 0) return [];
  return [
    {
      title: `Adapt the tests that call what is gone: ${[...new Set(places)].join(', ')}`,
      why: 'A test may want the answer, or want that there is none.',
      seenBy: 'The tests pass.',
    },
  ];
}
