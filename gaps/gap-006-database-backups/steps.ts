import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Store } from '../../src/read/backups/store.ts';
import type { Code } from './detect.ts';

const STEPS: Readonly<Record<Code, string>> = {
  'no-backup':
    'Write scripts/backup.sh (mode 755) that takes each listed store in its own way: SQLite with .backup or VACUUM INTO inside of the container, PostgreSQL with pg_dump, Redis with BGSAVE and a wait until LASTSAVE moves, data files with tar; let it fail loudly, check what it wrote, delete old ones only after a success, copy off the machine, and start it daily from a cron file in infra/cron; then restore once into a scratch place',
  'unscheduled-backup':
    'Start the listed backup on a clock: a cron file in infra/cron that the server setup installs, a scheduled workflow, or a call of the scheduling function where the service starts; or delete it where another backup covers the same data',
  'unsafe-copy':
    'Replace the listed copy by SQLite\'s own backup: db.backup(path) of better-sqlite3, sqlite3 "$DB" ".backup \'$OUT\'" or VACUUM INTO, then PRAGMA integrity_check on the copy',
  'unsafe-restore':
    'Let the listed restore refuse while the service has the database open, and name scripts/restore.sh or whatever stops the service first; or close every connection before the file is replaced, remove its -wal and -shm, and open it again afterwards',
};

/** Stores that the scripts leave out. */
export function dumpStep(store: string): ManualStep {
  return {
    title: `Dump ${store} with the program that comes with it (pg_dump, mysqldump, mongodump, mc mirror) in a script of its own, started by the same cron file as scripts/backup.sh, and restore one dump into a scratch database`,
    why: 'Its files may not be copied while it runs, and which databases and roles belong into the dump is not written here.',
    seenBy: 'The finding is gone from the next audit.',
  };
}

/** A database at a provider that backs up what it is told to. */
export function providerStep({ name, path }: Pick<Store, 'name' | 'path'>): ManualStep {
  return {
    title: `In ${path}, turn the backups of ${name} on (backup_retention_period of RDS, backup_configuration of Cloud SQL, point_in_time_recovery of DynamoDB), apply it, and restore one into a scratch database`,
    why: 'The provider makes no copies of it unless it is told to, and how long they are kept is for the people who run the service to decide.',
    seenBy: 'The finding is gone from the next audit.',
  };
}

/**
 * What a person could do today.
 * @param refused why no edit does it
 */
export function stepsFor(findings: readonly Finding<Code>[], refused?: string): readonly ManualStep[] {
  return [...new Set(findings.map(({ code }) => code))].map((code) => ({
    title: STEPS[code],
    why: `${refused === undefined || code.startsWith('unsafe') ? '' : `No edit does it, because ${refused}. `}Where backups go, how long they are kept and who may read them is for the people who run the service to decide.`,
    seenBy: 'The finding is gone from the next audit, and the checks of this gap pass.',
  }));
}
