import type { Finding, Findings } from '../../src/contract.ts';
import { type Databases, firstPlaces } from './read.ts';
import { HOW, SUBJECT } from './tables.ts';

export type Code = 'no-strategy' | 'unnamed-store' | 'orphan-schema';

/** Kinds of databases that no document decides about, and schemas that nothing uses. */
export function detect(databases: Databases): Findings<Code> {
  const { stores, kinds, strategy } = databases;
  const orphans = stores
    .filter(({ orphan }) => orphan)
    .map(({ kind, path, at }): Finding<Code> => ({ code: 'orphan-schema', path, at, data: { kind } }));
  if (kinds.length === 1) return { findings: orphans, reason: `records are kept in ${kinds[0]} alone` };
  if (!strategy) return { findings: [missing(databases), ...orphans] };
  const unnamed = firstPlaces(databases, strategy.unnamed).map(
    ({ kind, path, at, how }): Finding<Code> => ({
      code: 'unnamed-store',
      path,
      at,
      data: { kind, how: HOW[how], document: strategy.path },
    }),
  );
  return { findings: [...unnamed, ...orphans], reason: `decided in ${strategy.path}` };
}

function missing(databases: Databases): Finding<Code> {
  const places = firstPlaces(databases, databases.kinds).map(({ kind, path }) => `${kind} (${path})`);
  return { code: 'no-strategy', path: SUBJECT.path, data: { kinds: places.join(', ') } };
}
