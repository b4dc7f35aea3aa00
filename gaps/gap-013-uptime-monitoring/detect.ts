import type { Finding, Findings } from '../../src/contract.ts';
import type { Monitor } from './read/monitors.ts';
import type { MonitoringState } from './read.ts';

export type Code =
  | 'no-monitor'
  | 'idle-monitor'
  | 'rare-monitor'
  | 'frozen-health'
  | 'broken-probe'
  | 'blocked-probe'
  | 'limited-health'
  | 'same-host-monitor';

/** Nothing that watches, or something that does and would see too little. */
export function detect(state: MonitoringState): Findings<Code> {
  const { monitors } = state;
  const [first] = monitors;
  if (!first) return { findings: [...unwatched(state), ...misleading(state)] };
  const isOutside = monitors.some(({ stands }) => stands === 'outside');
  return {
    findings: [...misleading(state), ...(isOutside ? rarely(monitors) : besides(monitors))],
    reason: `${first.name} watches (${first.path})`,
  };
}

function unwatched(state: MonitoringState): readonly Finding<Code>[] {
  const { deployments, place, idle, elsewhere } = state;
  if (idle.length > 0)
    return idle.map(({ path, at, name }) => ({ code: 'idle-monitor', path, at, data: { name } }));
  if (place === undefined || elsewhere) return [];
  const how = [...new Set(deployments.map((each) => each.how))].join(', ');
  return [{ code: 'no-monitor', path: place, at: 0, data: { how } }];
}

/** What would tell a monitor that all is well, or that nothing is. */
function misleading({ frozen, broken, blocked, limited }: MonitoringState): readonly Finding<Code>[] {
  return [
    ...frozen.map(({ path, at, url }): Finding<Code> => ({ code: 'frozen-health', path, at, data: { url } })),
    ...broken.map(
      ({ path, at, command }): Finding<Code> => ({ code: 'broken-probe', path, at, data: { command } }),
    ),
    ...blocked.map(
      ({ path, at, word }): Finding<Code> => ({ code: 'blocked-probe', path, at, data: { word } }),
    ),
    ...limited.map(
      ({ path, at, url }): Finding<Code> => ({ code: 'limited-health', path, at, data: { url } }),
    ),
  ];
}

function besides(monitors: readonly Monitor[]): readonly Finding<Code>[] {
  return monitors.map(({ path, at, name }) => ({ code: 'same-host-monitor', path, at, data: { name } }));
}

/** Where no monitor asks at least once an hour. */
function rarely(monitors: readonly Monitor[]): readonly Finding<Code>[] {
  const outside = monitors.filter(({ stands }) => stands === 'outside');
  if (outside.some(({ everyHours }) => everyHours === undefined)) return [];
  return outside.map(({ path, at, name, everyHours }) => ({
    code: 'rare-monitor',
    path,
    at,
    data: { name, hours: `${everyHours}` },
  }));
}

/** Monitors that are written do for all that nothing runs. */
export function unitOf({ code, path, at }: Finding<Code>): string {
  return code === 'idle-monitor' || code === 'no-monitor' ? 'monitors' : `${code} ${path} ${at}`;
}
