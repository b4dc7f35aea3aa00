import type { Repo } from '../../src/contract.ts';
import { isClient } from '../../src/read/code/client-code.ts';
import { codeFiles } from '../../src/read/code/code-files.ts';
import { blankComments, withoutComments } from '../../src/read/code/comments.ts';
import { composeModel } from '../../src/read/deploy/compose.ts';
import { oncePer } from '../../src/repo/once.ts';
import { basename, dirname, isInside } from '../../src/repo/paths.ts';
import { blankHashComments, type Clock, clocksOf } from './clocks.ts';
import { deployedCompose } from './deployed.ts';
import { findStores, type Kind } from './stores.ts';

/** Something that takes a backup, whether or not anything ever starts it. */
export interface Backup {
  readonly path: string;
  readonly at: number;
  readonly covers: ReadonlySet<Kind>;
  /** What starts it on a clock; undefined where nothing does. */
  readonly schedule: string | undefined;
}

const TOOLS: readonly (readonly [Kind, RegExp])[] = [
  [
    'postgres',
    /\bpg_dump(?:all)?\b|pg_basebackup|\bwal-g\b|pgbackrest|\bbarman\b|postgres-?backup|pg-?backup/,
  ],
  ['mysql', /mysqldump|mariadb-dump|mariabackup|xtrabackup|mysql-?backup/],
  ['clickhouse', /clickhouse-backup|\bBACKUP\s+(?:TABLE|DATABASE|ALL)\b/],
  ['mssql', /\bBACKUP\s+DATABASE\b|mssql-?backup/i],
  ['cockroach', /\bBACKUP\s+(?:DATABASE\b[^\n;]{0,200}\s)?INTO\b|cockroach\s+dump/i],
  ['dragonfly', /snapshot_cron|\bSAVE\b[^\n]{0,200}\bDF\b|dragonfly-?backup/i],
  ['mongo', /mongodump|mongo(?:db)?-?backup/],
  [
    'redis',
    /\bBGSAVE\b|--rdb\b|redis-cli[^\n]{0,200}\bSAVE\b|dump\.rdb|appendonlydir|redis-data|redis-?backup/i,
  ],
  [
    'sqlite',
    /\.backup\s*\(|(?:^|["'\s])\.backup\s+\S|VACUUM\s+INTO|litestream|sqlite3_rsync|sqlite3\b[^\n]{0,200}backup|copyFile\w*\(\s{0,20}\w{0,60}db|\bcp\b[^\n]{0,200}\.(?:db|sqlite3?)\b/im,
  ],
  [
    'files',
    /\btar\b|\brsync\b|\bcp -\w*[ar]|docker cp|compose[^\n]{0,200}\bcp\b|\brclone\b|aws s3 (?:cp|sync)|gsutil|\bzip -r/,
  ],
];
/** Takes whole volumes or folders, whatever is in them. Of `db-backup`, only the image. */
const WHOLE =
  /volume-backup|\brestic\b|\bborg(?:matic)?\b|autorestic|duplicat[iy]|\bkopia\b|\bbackrest\b|\bvelero\b|\/(?:[\w-]+-)?db-backup(?=[:@"'\s]|$)/m;
const BACKUP_FILE = /backup|(^|[/_-])dump|snapshot|litestream/i;
const SCRIPT = /\.(sh|bash|py|[cm]?[jt]s)$/;
const NOT_SHIPPED = /\.(test|spec|d)\.|(^|\/)(__tests__|tests?|node_modules|examples?)\//;
const CODE_CLOCK =
  /\bsetInterval\(|\bcron\w*\.schedule\(|new Cron(?:Job)?\(|scheduleJob\(|@Cron\(|\.repeat\(|\bnode-cron\b/;

/** Every backup in the repository, with what starts it. */
export const findBackups = oncePer((repo: Repo): readonly Backup[] => {
  const clocks = clocksOf(repo);
  return [
    ...sidecars(repo),
    ...clockedCommands(clocks),
    ...scripts(repo, clocks),
    ...functions(repo, clocks),
  ];
});

/** The kinds of data that a text takes. */
export function coverage(text: string): ReadonlySet<Kind> {
  if (WHOLE.test(text)) return new Set(TOOLS.map(([kind]) => kind));
  return new Set(TOOLS.filter(([, tool]) => tool.test(text)).map(([kind]) => kind));
}

/** Commands that stand in the clock's own file: a workflow that runs pg_dump. */
function clockedCommands(clocks: readonly Clock[]): readonly Backup[] {
  return clocks.flatMap(({ path, text }) => {
    const dumps = coverage(text);
    const isBackup = /backup|dump|litestream|restic|borg|snapshot/i.test(text);
    return dumps.size > 0 && isBackup ? [{ path, at: 0, covers: dumps, schedule: path }] : [];
  });
}

/** Services of a deployed Compose file that take backups by themselves. */
function sidecars(repo: Repo): readonly Backup[] {
  return deployedCompose(repo).flatMap((file) =>
    composeModel(repo, file).services.flatMap(({ value, at }) => {
      const text = JSON.stringify([value.image, value.command, value.entrypoint]);
      const hasOwnClock = /backup|litestream|borgmatic|autorestic|backrest|wal-g/.test(
        String(value.image ?? ''),
      );
      const isLoop = /sleep|cron/.test(text);
      if (!hasOwnClock && !isLoop) return [];
      const covers = coverage(text);
      return covers.size > 0 ? [{ path: file.path, at, covers, schedule: file.path }] : [];
    }),
  );
}

/** Scripts and modules that are called after backups; what runs in a browser takes none. */
export const backupFiles = oncePer((repo: Repo): readonly string[] =>
  repo
    .find(BACKUP_FILE)
    .filter((path) => SCRIPT.test(path) && !NOT_SHIPPED.test(path) && !isClient(repo.peek(path) ?? '')),
);

/** Scripts and modules that take backups, scheduled where a clock leads to them. */
function scripts(repo: Repo, clocks: readonly Clock[]): readonly Backup[] {
  return backupFiles(repo).flatMap((path) => {
    const raw = repo.peek(path) ?? '';
    const text = /\.[cm]?[jt]s$/.test(path) ? blankComments(raw) : blankHashComments(raw);
    const covers = coverage(text);
    const isRestore = /restore/i.test(basename(path));
    if (covers.size === 0 || isRestore) return [];
    const schedule = scheduleOf(repo, path, text, clocks);
    // A route answers whoever asks for a copy: it is a job where a clock asks.
    return schedule === undefined && urlOf(path) !== undefined
      ? []
      : [{ path, at: startOf(text), covers, schedule }];
  });
}

/** A function of a script with a wider task, as the `backup` of an installer: it copies folders of services by name. */
function functions(repo: Repo, clocks: readonly Clock[]): readonly Backup[] {
  return repo
    .find(/\.(sh|bash)$/)
    .filter((path) => !BACKUP_FILE.test(path) && !NOT_SHIPPED.test(path))
    .flatMap((path) => {
      const raw = repo.peek(path) ?? '';
      if (!raw.includes('ackup')) return [];
      const text = blankHashComments(raw);
      const at = text.search(/^[ \t]*(?:function[ \t]+)?(?!restore)\w*backup\w*[ \t]*\(\)/im);
      const covers = at === -1 ? new Set<Kind>() : copied(repo, text);
      if (covers.size === 0) return [];
      const clock = clocks.find((each) =>
        new RegExp(`${basename(path)}[^\\n]{0,200}backup`, 'i').test(each.text),
      );
      return [{ path, at, covers, schedule: clock?.path }];
    });
}

function copied(repo: Repo, text: string): ReadonlySet<Kind> {
  const kinds = coverage(text);
  if (!kinds.has('files')) return kinds;
  const named = findStores(repo).filter(
    ({ service }) => service !== undefined && new RegExp(`(?<![\\w-])${service}(?![\\w-])`).test(text),
  );
  return new Set([...kinds, ...named.map(({ kind }) => kind)]);
}

function startOf(text: string): number {
  const index = text.search(
    /\bschedule\w*\(|createBackup|\bpg_dump|mysqldump|mongodump|\.backup\b|VACUUM INTO|copyFile|docker cp/i,
  );
  return Math.max(index, 0);
}

function scheduleOf(repo: Repo, path: string, text: string, clocks: readonly Clock[]): string | undefined {
  const url = urlOf(path);
  if (url !== undefined) return clocks.find((clock) => clock.text.includes(url))?.path;
  const name = basename(path);
  const direct = clocks.find((clock) => clock.path !== path && clock.text.includes(name));
  if (direct) return direct.path;
  const named = npmScriptOf(repo, name);
  const byNpm = named && clocks.find((clock) => new RegExp(`\\brun\\s+${named}\\b`).test(clock.text));
  if (byNpm) return byNpm.path;
  return /\.[cm]?[jt]s$/.test(path) ? codeSchedule(repo, path, text) : undefined;
}

/** Where Next.js serves this file as a route handler. */
function urlOf(path: string): string | undefined {
  const inApp = /(?:^|\/)app(\/.*)\/route\.[cm]?[jt]s$/.exec(path)?.[1];
  const inPages = /(?:^|\/)pages(\/api\/.*?)(?:\/index)?\.[cm]?[jt]s$/.exec(path)?.[1];
  return inApp?.replace(/\/\([^/]*\)/g, '') ?? inPages;
}

function npmScriptOf(repo: Repo, name: string): string | undefined {
  for (const { path } of repo.layout.packages) {
    const text = repo.peek(path) ?? '';
    const found =
      text.includes(name) &&
      new RegExp(`"([\\w:.-]+)"\\s*:\\s*"[^"]*${name.replace(/\W/g, '\\$&')}`).exec(text);
    if (found) return found[1]?.replace(/\W/g, '\\$&');
  }
  return undefined;
}

/** A timer inside of a function counts when somebody calls that function. */
function codeSchedule(repo: Repo, path: string, text: string): string | undefined {
  const top = repo.layout.packages.map(({ dir }) => dir).filter((dir) => isInside(dir, path));
  const dir = top.sort((a, b) => b.length - a.length)[0] ?? dirname(path);
  const clock = CODE_CLOCK.exec(text);
  const owner = clock ? enclosingFunction(text.slice(0, clock.index)) : undefined;
  if (clock && owner === undefined) return path;
  if (owner !== undefined && new RegExp(`^(?:void |await )?(?:\\w+\\.)?${owner}\\(`, 'm').test(text))
    return path;
  const others = codeFiles(repo).filter(
    (file) => file !== path && isInside(dir, file) && !NOT_SHIPPED.test(file),
  );
  return others.find((file) => {
    if (!repo.mentions(file, /backup/i)) return false;
    const isCalled = owner !== undefined && repo.mentions(file, `${owner}(`);
    if (!isCalled && !repo.mentions(file, CODE_CLOCK)) return false;
    const code = withoutComments(repo, file);
    if (owner !== undefined && new RegExp(`\\b${owner}\\(`).test(code)) return true;
    const timer = CODE_CLOCK.exec(code);
    return timer !== null && /backup/i.test(code.slice(timer.index, timer.index + 300));
  });
}

/** The name of the function that is still open at the end of this text. */
function enclosingFunction(before: string): string | undefined {
  const heads = [
    ...before.matchAll(
      /^([ \t]*)(?:export\s+)?(?:default\s+)?(?:(?:public|private|static|async)\s+)*(?:function\s+|const\s+)?(\w+)\s*(?:=\s*(?:async\s*)?)?\([^()]*\)[^{;\n]*\{\s*$/gm,
    ),
  ];
  const last = heads
    .filter(([, , name = '']) => !/^(if|for|while|switch|catch|constructor)$/.test(name))
    .at(-1);
  if (!last) return undefined;
  const isClosed = new RegExp(`^${last[1]}\\}`, 'm').test(before.slice(last.index + last[0].length));
  return isClosed ? undefined : last[2];
}
