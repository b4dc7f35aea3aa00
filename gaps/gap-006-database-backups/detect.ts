import type { Finding, Findings } from '../../src/contract.ts';
import type { Store } from '../../src/read/backups/store.ts';
import { KINDS } from '../../src/read/backups/tables.ts';
import type { BackupState } from './read.ts';
import { TAKEN } from './tables.ts';

export type Code = 'no-backup' | 'unscheduled-backup' | 'unsafe-copy' | 'unsafe-restore';

/** Stores that nothing backs up on a clock, and copies and restores that damage or miss data. */
export function detect({ bare, sleeping, backups, copies, restores, keptBy }: BackupState): Findings<Code> {
  const findings: Finding<Code>[] = [
    ...bare.map(({ name, kind, path, at }) => ({
      code: 'no-backup' as const,
      path,
      at,
      data: { store: name, kinds: kind },
    })),
    ...sleeping.map(({ path, at, covers }) => ({
      code: 'unscheduled-backup' as const,
      path,
      at,
      data: { kinds: kindsOf(covers) },
    })),
    ...copies.map(({ path, at }) => ({ code: 'unsafe-copy' as const, path, at })),
    ...restores.map(({ path, at, database }) => ({
      code: 'unsafe-restore' as const,
      path,
      at,
      data: { database },
    })),
  ];
  if (keptBy !== undefined) return { findings, reason: keptBy };
  const clock = backups.find(({ schedule }) => schedule !== undefined)?.schedule;
  return findings.length === 0 && clock !== undefined
    ? { findings, reason: `${clock} starts the backups` }
    : { findings };
}

function kindsOf(stores: readonly Store[]): string {
  return [...new Set(stores.map(({ kind }) => kind))].sort().join(' ');
}

/** One pair of scripts takes everything that it can: such findings are closed together. Others stand for themselves. */
export function unitOf({ code, path, data }: Finding<Code>): string {
  const kinds = (data?.kinds ?? '').split(' ');
  const all = KINDS.filter((kind) => kinds.includes(kind));
  const isTaken = all.length > 0 && all.every((kind) => TAKEN.includes(kind));
  return isTaken ? 'scripts' : `${code} ${path} ${data?.store ?? ''}`;
}
