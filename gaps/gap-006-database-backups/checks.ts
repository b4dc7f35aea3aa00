import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { blankComments } from '../../src/read/comments.ts';
import { coverage } from './backups.ts';
import { liveChecks } from './live.ts';
import { BACKUP } from './scripts.ts';
import { findStores, type Kind } from './stores.ts';

/** Checks of the gap; empty where nothing is stored. */
export function checksOf(repo: Repo): readonly Check[] {
  const stores = findStores(repo);
  if (stores.length === 0) return [];
  return [
    ...stores.map(({ kind, name, path }) => ({
      title: `Something that runs on a clock leads to a backup of ${name} (${path})`,
      level: 'static' as const,
      run: () => leadsToBackup(repo, kind),
    })),
    {
      title: 'No backup copies a SQLite file with a plain file copy',
      level: 'static' as const,
      run: () => plainCopies(repo),
    },
    ...(isOurs(repo) ? liveChecks(repo) : []),
  ];
}

/** Whether the scripts are this gap's, or nothing else takes what they would take. */
function isOurs(repo: Repo): boolean {
  if (repo.exists(BACKUP)) return repo.mentions(BACKUP, 'backup-common.sh');
  return findStores(repo).some(({ kind }) => leadsToBackup(repo, kind).verdict === 'fail');
}

/** From the clock to the backup: all texts with a clock, and the scripts whose names stand in them. */
function leadsToBackup(repo: Repo, kind: Kind): Verdict {
  const isClock = /cron|schedule|OnCalendar|setInterval|sleep|replicate|volume-backup|backup:|backup-/i;
  const clocks = repo.files.filter(
    (path) =>
      /\.(sh|ya?ml|timer|cron|toml|json|[cm]?[jt]s)$|(^|\/)(cron|crontab|Dockerfile)/.test(path) &&
      !/\.(test|spec)\.|package-lock|node_modules/.test(path) &&
      repo.mentions(path, /backup|dump|litestream/i) &&
      isClock.test(`${path}\n${repo.scan(path) ?? ''}`),
  );
  const texts = clocks.flatMap((path) => {
    const text = repo.scan(path) ?? '';
    const named = repo.files.filter(
      (file) => /backup|dump/i.test(file) && text.includes(file.split('/').at(-1) ?? file),
    );
    const called = /\.[cm]?[jt]s$/.test(path) && !hasCaller(repo, path, text);
    return called ? [] : [path, ...named];
  });
  const hit = texts.find((path) => coverage(repo.scan(path) ?? '').has(kind));
  if (hit === undefined) return { verdict: 'fail', reason: `no clock leads to a backup of ${kind}` };
  return { verdict: 'pass', evidence: [{ subject: hit, observed: `takes ${kind}` }] };
}

/** A function named for scheduling must be called from another file than the one that defines it. */
function hasCaller(repo: Repo, path: string, text: string): boolean {
  const name = /\b(\w*schedule\w*|\w*startBackup\w*)\s*\([^)]*\)\s*(?::\s*\w+\s*)?\{/i.exec(text)?.[1];
  if (name === undefined) return true;
  return repo.files.some(
    (file) =>
      file !== path &&
      /\.[cm]?[jt]s$/.test(file) &&
      !/\.(test|spec)\./.test(file) &&
      (repo.mentions(file, `${name}(`) ?? false),
  );
}

function plainCopies(repo: Repo): Verdict {
  const bad = repo.files.filter((path) => {
    if (!/backup|dump/i.test(path) || !/\.(sh|[cm]?[jt]s|py)$/.test(path) || /\.(test|spec)\./.test(path))
      return false;
    const text = repo.scan(path) ?? '';
    const code = /\.[cm]?[jt]s$/.test(path) ? blankComments(text) : text.replace(/^\s*#.*$/gm, '');
    return (
      /copyFile\w*\(\s*\w*db|\bcp\b[^\n|]*\.(?:db|sqlite)/i.test(code) &&
      !/\bstop\b|wal_checkpoint/i.test(code)
    );
  });
  if (bad.length > 0)
    return { verdict: 'fail', reason: `${bad.join(', ')}: a copy without the WAL is no backup` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'backup scripts', observed: 'none copies a database file' }],
  };
}
