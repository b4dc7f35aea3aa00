import type { Finding, Findings } from '../../src/contract.ts';
import type { Declared, Start } from './read/tracking.ts';
import type { AppTracking, TrackingState } from './read.ts';

export type Code =
  | 'no-error-tracking'
  | 'never-initialised'
  | 'never-loaded'
  | 'one-side-only'
  | 'blocked-by-csp'
  | 'other-side-unseen'
  | 'quiet-boundary';

/** Apps whose errors reach nobody, or only those of one side. */
export function detect({ apps }: TrackingState): Findings<Code> {
  const names = [...new Set(apps.flatMap(({ declared }) => declared.map(({ tracker }) => tracker.name)))];
  const findings = apps.flatMap(findingsOf);
  if (names.length > 0) return { findings, reason: `error tracking by ${names.join(', ')}` };
  const traces = apps.find((each) => each.traces)?.traces;
  return traces
    ? { findings, reason: `${traces.path} starts traces, which tell nobody of an error` }
    : { findings };
}

/** What is wrong with one app. */
export function findingsOf(tracking: AppTracking): readonly Finding<Code>[] {
  const { app, name, declared, own, isStatic, blocking, quiet } = tracking;
  if (declared.length === 0)
    return own ? [] : [{ code: 'no-error-tracking', path: app.workspace.path, at: 0, data: { app: name } }];
  const running = declared.flatMap(({ starts }) => starts.filter(isRunning));
  const findings = declared.flatMap((each) => notRunning(each, running, own !== undefined));
  if (findings.length === 0) findings.push(...missingSide(declared, running, isStatic));
  const trackers = declared.map(({ tracker }) => tracker.name).join(', ');
  if (blocking)
    findings.push({
      code: 'blocked-by-csp',
      path: blocking.path,
      at: blocking.at,
      data: { tracker: trackers },
    });
  const silent = quiet.map((path) => ({
    code: 'quiet-boundary' as const,
    path,
    at: 0,
    data: { tracker: trackers },
  }));
  return [...findings, ...silent];
}

function isRunning({ idle }: Start): boolean {
  return idle === undefined;
}

/**
 * A tracker that is declared and idle counts as long as no other one runs; an idle start does unless another file
 * starts the same tracker there.
 */
function notRunning(declared: Declared, running: readonly Start[], hasOwn: boolean): Finding<Code>[] {
  const { tracker, starts, manifest, at } = declared;
  if (starts.length === 0)
    return running.length > 0 || hasOwn
      ? []
      : [{ code: 'never-initialised', path: manifest, at, data: { tracker: tracker.name } }];
  const covering = starts.filter(isRunning);
  return starts.flatMap(({ place, side, idle }) =>
    idle === undefined || hasSide(covering, side)
      ? []
      : [
          {
            code: 'never-loaded' as const,
            path: place.path,
            at: place.at,
            data: { tracker: tracker.name, reason: idle },
          },
        ],
  );
}

function hasSide(starts: readonly Start[], side: Start['side']): boolean {
  return starts.some((start) => start.side === 'both' || start.side === side);
}

/** Sentry's guide sets up both sides; of others, one may be all that was wanted. */
function missingSide(
  declared: readonly Declared[],
  running: readonly Start[],
  isStatic: boolean,
): readonly Finding<Code>[] {
  const sentry = declared.find(({ tracker }) => tracker.name === 'Sentry');
  const started = sentry ?? declared.find(({ starts }) => starts.some(isRunning));
  const first = started?.starts[0];
  const [onServer, inBrowser] = [hasSide(running, 'server'), hasSide(running, 'browser')];
  if (!started || !first || running.length === 0 || (inBrowser && (onServer || isStatic))) return [];
  const [side, other] = onServer ? ['server', 'browser'] : ['browser', 'server'];
  const { path, at } = first.place;
  return [
    {
      code: sentry ? 'one-side-only' : 'other-side-unseen',
      path,
      at,
      data: { tracker: started.tracker.name, side, other },
    },
  ];
}
