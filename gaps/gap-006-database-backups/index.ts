import {
  type Detection,
  defineGap,
  type Finding,
  notApplicable,
  type Repo,
  unknown,
} from '../../src/contract.ts';
import { backupFix } from './backup-fix.ts';
import { findBackups } from './backups.ts';
import { checksOf } from './checks.ts';
import { unsafeCopies, unsafeRestores } from './copies.ts';
import { findElsewhere } from './elsewhere.ts';
import { isInVolume } from './scripts.ts';
import { ASK_THE_PROVIDER } from './steps.ts';
import { findStores, type Kind, type Store } from './stores.ts';
import { unitOf } from './units.ts';

export type Code = 'no-backup' | 'unscheduled-backup' | 'unsafe-copy' | 'unsafe-restore';

export default defineGap({
  meta: {
    id: 'GAP-006',
    slug: 'database-backups',
    title: 'Database backup automation',
    problem:
      'Nothing copies the data away on a clock, so a lost disk is the loss of everything that was stored.',
    looksFor:
      'Databases and data files of the deployed services that no scheduled backup covers, backups that nothing starts, copies of a database that is being written, and restores over one that is open.',
    category: 'Deployment',
    priority: 'P1',
    effort: '30 min',
    fix: 'automatic',
    requires: [],
    writes: [
      'scripts/{backup-common,backup,restore}.sh',
      '**/cron/database-backup',
      '.gitignore',
      '**/*{backup,Backup,dump,Dump,snapshot,Snapshot}*/**/*.{ts,mts,cts,js,mjs}',
      '**/*{backup,Backup,dump,Dump,snapshot,Snapshot}*.{ts,mts,cts,js,mjs}',
    ],
    messages: {
      'no-backup': 'Nothing backs up {{store}}.',
      'unscheduled-backup':
        'This takes a backup, and nothing starts it: no cron file, workflow, timer or caller.',
      'unsafe-copy':
        'This copies a SQLite file while it may be written: what still stands in the WAL is not in the copy.',
      'unsafe-restore':
        'This puts a file over {{database}} while the service has it open: connections go on with the old file and its WAL, and the database is damaged.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-006',
      'https://www.sqlite.org/backup.html',
      'https://www.sqlite.org/howtocorrupt.html',
      'https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const stores = findStores(repo);
    return stores.length === 0 ? withoutStores(repo) : detectIn(repo, stores);
  },

  unitOf,

  apply: ({ repo }, findings) => backupFix(repo, findings),

  isSettled: ({ repo }, about) => isInVolume(repo, about),

  verify: ({ repo }) => checksOf(repo),
});

function withoutStores(repo: Repo): Detection<Code> {
  const elsewhere = findElsewhere(repo);
  if (!elsewhere) return notApplicable('nothing that is deployed keeps data');
  if (elsewhere.backsUp) return { findings: [], reason: elsewhere.reason };
  return unknown(elsewhere.reason, [ASK_THE_PROVIDER]);
}

function detectIn(repo: Repo, stores: readonly Store[]): Detection<Code> {
  const backups = findBackups(repo);
  const isCovered = ({ kind }: Store, scheduled: boolean) =>
    backups.some(({ covers, schedule }) => covers.has(kind) && (!scheduled || schedule !== undefined));
  const uncovered = stores.filter((store) => !isCovered(store, true));
  const sleeping = backups.filter(
    ({ covers, schedule }) => schedule === undefined && uncovered.some(({ kind }) => covers.has(kind)),
  );
  const findings: Finding<Code>[] = [
    ...uncovered
      .filter((store) => !isCovered(store, false))
      .map(({ name, kind, path, at }) => ({
        code: 'no-backup' as const,
        path,
        at,
        data: { store: name, kinds: kind },
      })),
    ...sleeping.map(({ path, at, covers }) => ({
      code: 'unscheduled-backup' as const,
      path,
      at,
      data: { kinds: kindsAmong(stores, covers) },
    })),
    ...unsafeCopies(repo).map(({ path, at }) => ({ code: 'unsafe-copy' as const, path, at })),
    ...unsafeRestores(repo).map(({ path, at, database }) => ({
      code: 'unsafe-restore' as const,
      path,
      at,
      data: { database },
    })),
  ];
  const clock = backups.find(({ schedule }) => schedule !== undefined)?.schedule;
  return findings.length === 0 && clock ? { findings, reason: `${clock} starts the backups` } : { findings };
}

/** The kinds of these stores that a backup takes. */
function kindsAmong(stores: readonly Store[], covers: ReadonlySet<Kind>): string {
  const kinds = stores.map(({ kind }) => kind).filter((kind) => covers.has(kind));
  return [...new Set(kinds)].sort().join(' ');
}
