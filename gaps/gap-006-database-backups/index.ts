import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect, unitOf } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

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

  read,
  detect,
  unitOf,
  apply,
  /** Whether a folder that was outside of volumes is in one by now. */
  isSettled: ({ scriptStack }, folder) =>
    'extraFolders' in scriptStack && !scriptStack.extraFolders.includes(folder),
  verify,
});
