import type { Finding, Findings } from '../../src/contract.ts';
import type { Place } from './read/place.ts';
import type { LogFlow, Misses } from './read.ts';

export type Code =
  | 'no-collector'
  | 'nothing-ships'
  | 'blind-collector'
  | 'idle-collector'
  | 'unused-transport'
  | 'switched-off'
  | 'unshipped-service'
  | 'short-lived-logs'
  | 'unbounded-log';

/** Logs that stay where they are written, and what was meant to take them. */
export function detect({ taken, forgetful, server, sent, kept, unbounded, misses }: LogFlow): Findings<Code> {
  const notes = [
    ...forgetful.map(
      ({ path, how }): Finding<Code> => ({
        code: 'short-lived-logs',
        path,
        at: 0,
        data: { host: how },
      }),
    ),
    ...placed('unbounded-log', unbounded),
  ];
  if (taken !== undefined) return { findings: notes, reason: taken };
  if (sent)
    return {
      findings: [...placed('unshipped-service', kept), ...notes],
      reason: `a logging driver sends them away (${sent.path})`,
    };
  const missed = missesOf(misses);
  const bare: readonly Finding<Code>[] =
    missed.length > 0 || !server
      ? missed
      : [{ code: 'no-collector', path: server.path, at: 0, data: { how: server.how } }];
  return { findings: [...bare, ...notes] };
}

function missesOf({ unfed, blind, idle, unused, off }: Misses): readonly Finding<Code>[] {
  return [
    ...placed('nothing-ships', unfed),
    ...placed('blind-collector', blind),
    ...placed('idle-collector', idle),
    ...placed('unused-transport', unused),
    ...off.map(
      ({ path, at, name, by }): Finding<Code> => ({
        code: 'switched-off',
        path,
        at,
        data: { name, by },
      }),
    ),
  ];
}

function placed(code: Code, places: readonly Place[]): readonly Finding<Code>[] {
  return places.map(({ path, at, name }) => ({ code, path, at, data: { name } }));
}
