import type { Check, Repo, Verdict } from '../../src/contract.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { basename } from '../../src/repo/paths.ts';
import { coverage } from './backups.ts';
import { blankHashComments } from './clocks.ts';
import { blockBefore } from './copies.ts';
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
    {
      title: 'No code puts a file over a SQLite database that it has open',
      level: 'static' as const,
      run: () => openRestores(repo),
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
      isClock.test(`${path}\n${repo.peek(path) ?? ''}`),
  );
  const texts = clocks.flatMap((path) => {
    const text = repo.peek(path) ?? '';
    const named = repo.files.filter(
      (file) => /backup|dump/i.test(file) && (text.includes(basename(file)) || isRequested(file, text)),
    );
    const called = /\.[cm]?[jt]s$/.test(path) && !hasCaller(repo, path, text);
    return called ? [] : [path, ...named];
  });
  const hit = texts.find((path) => coverage(repo.peek(path) ?? '').has(kind));
  if (hit === undefined) return { verdict: 'fail', reason: `no clock leads to a backup of ${kind}` };
  return { verdict: 'pass', evidence: [{ subject: hit, observed: `takes ${kind}` }] };
}

/** A clock that requests a route: `/api/backup/nightly`. */
function isRequested(path: string, text: string): boolean {
  const url = /(?:^|\/)(?:app|pages)(\/api\/.*?)(?:\/route|\/index)?\.[cm]?[jt]s$/.exec(path)?.[1];
  return url !== undefined && text.includes(url);
}

/** A function named for scheduling must be called from another file than the one that defines it. */
function hasCaller(repo: Repo, path: string, text: string): boolean {
  const name = /\b(\w*schedule\w*|\w*startBackup\w*)\s*\([^)]{0,300}\)\s*(?::\s*\w+\s*)?\{/i.exec(text)?.[1];
  if (name === undefined) return true;
  return repo.files.some(
    (file) =>
      file !== path &&
      /\.[cm]?[jt]s$/.test(file) &&
      !/\.(test|spec)\./.test(file) &&
      (repo.mentions(file, `${name}(`) ?? false),
  );
}

/** In a text that speaks of SQLite: a copy of a file by name, by its variable, or by the argument of a function. */
const COPIES: readonly RegExp[] = [
  /copyFile\w{0,60}\(\s*\w{0,60}db/i,
  /\b(?:cp|rsync|scp|install|dd)\b[^\n|]{0,200}\.(?:db|sqlite)/i,
  /(?<!docker |compose )\b(?:cp|rsync|scp)\s+(?:-\S{1,80}[ \t]+){0,20}["']?\$(?:\{?\d|\{?\w{0,60}(?:db|database|sqlite|path|file)\w{0,60})(?!\w{0,60}(?:copy|backup))/i,
  /\bcat\s+["']?\$(?:\{?1|\{?\w{0,60}(?:db|database|sqlite)\w{0,60})\}?["']?\s*(?:>|\|)/i,
  /\bdd\s+if=["']?\$/,
];

function plainCopies(repo: Repo): Verdict {
  const bad = repo.files.filter((path) => {
    if (!/backup|dump/i.test(path) || !/\.(sh|[cm]?[jt]s|py)$/.test(path) || /\.(test|spec)\./.test(path))
      return false;
    const text = repo.peek(path) ?? '';
    const code = /\.[cm]?[jt]s$/.test(path) ? blankComments(text) : blankHashComments(text);
    if (/\bstop\b|wal_checkpoint/i.test(code) || !/sqlite|db/i.test(code)) return false;
    // What SQLite itself copied may be moved on.
    const isCopied = (source: string) => /\.backup\s/.test(code) && !code.includes(`sqlite3 ${source}`);
    return COPIES.some((pattern) => {
      const hit = pattern.exec(code);
      return hit !== null && !isCopied(/\S+$/.exec(hit[0])?.[0] ?? '');
    });
  });
  if (bad.length > 0)
    return { verdict: 'fail', reason: `${bad.join(', ')}: a copy without the WAL is no backup` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'backup scripts', observed: 'none copies a database file' }],
  };
}

/** Line by line: what stands above a copy in its function has to say that nobody has the database open. */
function openRestores(repo: Repo): Verdict {
  const over =
    /\b(?:copyFile|rename)(?:Sync)?\(.{0,300},\s{0,20}(\w{0,60}(?:db|database|sqlite)\w{0,60})\s{0,20}\)/gi;
  const aside = /^(?:te?mp|test|drill|scratch|copy|backup|target|dest)/i;
  const bad = repo.files.filter((path) => {
    if (!/backup|dump|snapshot/i.test(path) || !/\.[cm]?[jt]s$/.test(path) || /\.(test|spec)\./.test(path))
      return false;
    const code = withoutComments(repo, path);
    return [...code.matchAll(over)].some(({ index, 1: target = '' }) => {
      const above = blockBefore(code, index);
      const refuses = above.includes(`existsSync(${target})`) && /\bthrow\b/.test(above);
      return !aside.test(target) && !refuses && !/\.close\(\)/.test(above);
    });
  });
  if (bad.length > 0)
    return { verdict: 'fail', reason: `${bad.join(', ')}: replaces a database that is open` };
  return {
    verdict: 'pass',
    evidence: [{ subject: 'code about backups', observed: 'none replaces a database' }],
  };
}
