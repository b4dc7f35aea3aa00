import type { Finding, Fix } from '../../src/contract.ts';
import { gateRoute } from './apply/gate.ts';
import { removalOf } from './apply/removal.ts';
import { type Code, findingsOf } from './detect.ts';
import type { CallerKind } from './read/caller.ts';
import type { Unit } from './read/units.ts';
import type { DebugEndpoints } from './read.ts';
import { callerStep, routeStep, unreadableStep } from './steps.ts';

/** Open routes are deleted with what calls them, or kept for development. */
type Strategy = 'delete' | 'gate';

/** Closes the wanted routes; what cannot be closed by an edit becomes steps for a person. */
export function apply(state: DebugEndpoints, wanted: readonly Finding<Code>[], strategy: Strategy): Fix {
  const units = wantedUnits(state, wanted);
  if (strategy === 'gate') return joined(units.map((unit) => gatedPart(state, unit)));
  const whole = units.filter(({ routes }) => routes.every(({ guard }) => !guard.isMixed && !guard.isUnseen));
  const kept = units.filter((unit) => !whole.includes(unit)).map((unit) => keptPart(state, unit));
  const [unread] = state.unreadable;
  if (whole.length === 0 || unread === undefined) return joined([...kept, removalOf(state, whole)]);
  // Code that cannot be read may call every route.
  return joined([...kept, { edits: [], manual: [unreadableStep(unread)] }]);
}

/** The units of which every finding is wanted: what a person keeps, its callers keep too. */
function wantedUnits({ units }: DebugEndpoints, wanted: readonly Finding<Code>[]): readonly Unit[] {
  const keys = new Set(wanted.map(keyOf));
  return units.filter((unit) => findingsOf(unit).every((finding) => keys.has(keyOf(finding))));
}

function keyOf({ code, path, at, data }: Finding<Code>): string {
  return `${code} ${path} ${at} ${data?.url}`;
}

/** What machines call or other files import cannot answer 404 in production either. */
const NEEDS_ANSWER: ReadonlySet<CallerKind> = new Set<CallerKind>(['setting', 'import']);

function gatedPart({ repo }: DebugEndpoints, { routes, callers }: Unit): Fix {
  const needing = callers.filter(({ kind }) => NEEDS_ANSWER.has(kind));
  return needing.length > 0
    ? { edits: [], manual: needing.map((each) => callerStep(repo, each, '')) }
    : joined(routes.map((route) => gateRoute(repo, route)));
}

const SHUT = 'other handlers of the route ask for a login, so it is more than a route to try things out';
/** What needs nothing of a route in production. */
const ASIDE: ReadonlySet<CallerKind> = new Set<CallerKind>(['test', 'mention']);

/** A file that holds more than an open route is not deleted: its open handlers are shut, where nobody needs them. */
function keptPart({ repo }: DebugEndpoints, { routes, callers }: Unit): Fix {
  const needing = callers.filter(({ kind }) => !ASIDE.has(kind));
  if (needing.length === 0) return joined(routes.map((route) => gateRoute(repo, route)));
  return {
    edits: [],
    manual: [...routes.map(routeStep), ...needing.map((each) => callerStep(repo, each, SHUT))],
  };
}

function joined(parts: readonly Fix[]): Fix {
  const alsoChanges = parts.flatMap((part) => part.alsoChanges ?? []);
  return {
    edits: parts.flatMap(({ edits }) => edits),
    manual: parts.flatMap(({ manual = [] }) => manual),
    ...(alsoChanges.length > 0 ? { alsoChanges } : {}),
  };
}
