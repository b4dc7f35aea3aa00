import {
  type Finding,
  type NotApplicable,
  notApplicable,
  type Repo,
  type Unknown,
  unknown,
} from '../../src/contract.ts';
import { type Backup, backupsOf } from '../../src/read/backups/backups.ts';
import { managedDatabase } from '../../src/read/backups/managed-databases.ts';
import type { Store } from '../../src/read/backups/store.ts';
import { storesOf } from '../../src/read/backups/stores.ts';
import { type OpenRestore, type Place, unsafeCopies, unsafeRestores } from './read/copies.ts';
import { type ScriptStack, scriptStackOf } from './read/script-stack.ts';
import { ASK_THE_PROVIDER } from './tables.ts';

/** The data that are kept, and what copies them. */
export interface BackupState {
  readonly repo: Repo;
  readonly stores: readonly Store[];
  /** Stores of which nothing makes a copy, started or not. */
  readonly bare: readonly Store[];
  readonly backups: readonly Backup[];
  /** Backups that nothing starts, of stores that no other backup takes on a clock. */
  readonly sleeping: readonly Backup[];
  readonly copies: readonly Place[];
  readonly restores: readonly OpenRestore[];
  /** Who backs up what is kept elsewhere, where nothing is kept here. */
  readonly keptBy: string | undefined;
  /** The stack that scripts can take backups of; in words why there is none. */
  readonly scriptStack: ScriptStack | { readonly refused: string };
}

/** Reads what is stored and what copies it. */
export function read(repo: Repo): BackupState | NotApplicable | Unknown {
  const stores = storesOf(repo);
  const managed = stores.length === 0 ? managedDatabase(repo) : undefined;
  if (stores.length === 0 && !managed) return notApplicable('nothing that is deployed keeps data');
  if (managed && !managed.backsUp) return unknown(managed.reason, [ASK_THE_PROVIDER]);
  const backups = stores.length === 0 ? [] : backupsOf(repo);
  const taken = backups.flatMap(({ covers }) => covers);
  const onClock = backups.filter(({ schedule }) => schedule !== undefined).flatMap(({ covers }) => covers);
  const uncovered = stores.filter((store) => !onClock.includes(store));
  return {
    repo,
    stores,
    bare: uncovered.filter((store) => !taken.includes(store)),
    backups,
    sleeping: backups.filter(
      ({ schedule, covers }) => schedule === undefined && covers.some((store) => uncovered.includes(store)),
    ),
    copies: stores.length === 0 ? [] : unsafeCopies(repo),
    restores: stores.length === 0 ? [] : unsafeRestores(repo),
    keptBy: managed?.reason,
    get scriptStack() {
      return scriptStackOf(repo);
    },
  };
}

/** The stores that a finding is about. */
export function storesIn(
  { bare, sleeping }: BackupState,
  { code, path, at, data }: Finding,
): readonly Store[] {
  if (code === 'no-backup') return bare.filter((store) => store.path === path && store.name === data?.store);
  if (code !== 'unscheduled-backup') return [];
  return sleeping
    .filter((backup) => backup.path === path && backup.at === at)
    .flatMap(({ covers }) => covers);
}

/** The restore that a finding is about. */
export function restoreOf({ restores }: BackupState, { path, at }: Finding): OpenRestore | undefined {
  return restores.find((restore) => restore.path === path && restore.at === at);
}
