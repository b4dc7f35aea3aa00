import type { ManualStep, Repo } from '../../src/contract.ts';
import type { Caller, CallerKind } from './read/caller.ts';
import { placeIn } from './read/mentions.ts';
import type { OpenRoute } from './read/routes.ts';
import type { Unit } from './read/units.ts';

/** What a person does about a caller, and why. */
type CallerStep = (place: string, url: string, why: string) => Omit<ManualStep, 'seenBy'>;

const POINT_ELSEWHERE: CallerStep = (place, url) => ({
  title: `Point ${place} at another address than ${url}, or take it out, then run this gap again`,
  why: 'Something other than a page calls the route from there, and what it should call instead is a decision; the route stays until then.',
});
const MOVE_IMPORT: CallerStep = (place, url) => ({
  title: `Move what ${place} imports from the route ${url} into a module of its own, or take the import out, then run this gap again`,
  why: 'The app does not compile without the file of the route; it stays until then.',
});
const TAKE_OUT: CallerStep = (place, url, why) => ({
  title: `Take the call of ${url} out of ${place}, then run this gap again`,
  why: `${why[0]?.toUpperCase()}${why.slice(1)}; the route stays until then.`,
});

const CALLER_STEPS: Readonly<Record<CallerKind, CallerStep>> = {
  code: TAKE_OUT,
  relative: (place, url) => ({
    title: `Take the call of ${url} out of ${place}, then run this gap again`,
    why: 'What sends the request puts /api before the address; the route stays until then.',
  }),
  route: TAKE_OUT,
  test: TAKE_OUT,
  mention: TAKE_OUT,
  setting: POINT_ELSEWHERE,
  import: MOVE_IMPORT,
  'test-import': MOVE_IMPORT,
  file: (place, url) => ({
    title: `Take the file of the route ${url} out of ${place}, then run this gap again`,
    why: 'What names a file by its path may fail without it; the route stays until then.',
  }),
};

/** What a person has to do about one caller before its route can go. */
export function callerStep(repo: Repo, { path, at, url, kind }: Caller, why: string): ManualStep {
  const isBuiltOn = kind === 'import' || kind === 'test-import' || kind === 'file';
  return {
    ...CALLER_STEPS[kind](placeIn(path, repo.peek(path) ?? '', at), url, why),
    seenBy: isBuiltOn
      ? 'No other file imports the file of the route.'
      : `Nothing but tests and documents names ${url}.`,
  };
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

/** The step for a route whose open handlers no edit can shut. */
export function gateStep({ path, url }: OpenRoute): ManualStep {
  return {
    title: `In ${path}, answer 404 first in every handler when NODE_ENV is production, or delete the file`,
    why: 'No edit can shut the open handlers alone: they are not functions written in this file, or share one with others.',
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

/** The step for a link behind which a route may stand. */
export function linkStep(path: string): ManualStep {
  return {
    title: `Look at what ${path} leads to: if debug routes stand there, delete them or answer 404 first in production`,
    why: 'Links are not followed, and Next.js follows them.',
    seenBy: 'A file or a folder stands there in place of the link, or nothing.',
  };
}

/** Tests that call what is gone, for a person to adapt. */
export function testStep(repo: Repo, units: readonly Unit[]): readonly ManualStep[] {
  return stepAbout(placesOf(repo, units, 'test'), (places) => ({
    title: `Adapt the tests that call what is gone: ${places}`,
    why: 'A test may want the answer, or want that there is none.',
    seenBy: 'The tests pass.',
  }));
}

/** Lists of addresses and descriptions that still name what is gone. */
export function mentionStep(repo: Repo, units: readonly Unit[]): readonly ManualStep[] {
  return stepAbout(placesOf(repo, units, 'mention'), (places) => ({
    title: `Take what is gone off the lists and descriptions that name it: ${places}`,
    why: 'Nothing is called from there, so the app works as before; an address that is left in a list may let a later route through.',
    seenBy: 'Nothing sees it: verify does not read what names an address without calling it.',
  }));
}

function placesOf(repo: Repo, units: readonly Unit[], kind: CallerKind): readonly string[] {
  return units.flatMap(({ callers }) =>
    callers
      .filter((caller) => caller.kind === kind)
      .map(({ path, at }) => placeIn(path, repo.peek(path) ?? '', at)),
  );
}

function stepAbout(places: readonly string[], step: (places: string) => ManualStep): readonly ManualStep[] {
  return places.length === 0 ? [] : [step([...new Set(places)].join(', '))];
}
