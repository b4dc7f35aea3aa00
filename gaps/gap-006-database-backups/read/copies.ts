import type { Repo } from '../../../src/contract.ts';
import { backupFiles } from '../../../src/read/backups/backups.ts';
import { clocksOf } from '../../../src/read/backups/clocks.ts';
import { executedText } from '../../../src/read/backups/executed-text.ts';
import { escaped } from '../../../src/repo/escaped.ts';

/** A place in a file. */
export interface Place {
  readonly path: string;
  readonly at: number;
}

const SCRIPT_CODE = /\.[cm]?[jt]s$/;
/** What stands still is copied as it is. */
const AT_REST = /wal_checkpoint|(?:compose|docker|systemctl|pm2)\s[^\n]{0,200}\bstop\b/;
/** SQLite's own ways. */
const SAFE = /(?:^|["'\s])\.backup\s|VACUUM\s+INTO|sqlite3_rsync/im;
const CODE_COPY = /\bcopyFile(?:Sync)?\(\s{0,80}[\w.]{0,80}(?:db|database|sqlite)\w{0,60}\s{0,80},/gi;
/** `docker cp app-1:/data/app.db out`, `rsync data/app.sqlite out`. */
const FILE_COPY =
  /^[^#\n]{0,500}?\b(?:docker\s+(?:compose\s+)?cp|cp|rsync|scp)\s+(?:-\S{1,80}[ \t]+){0,20}["']?(?<source>\S{0,300}\.(?:db|sqlite3?))\b["']?\s/gim;
/** `cp "$DB_PATH" out`; a variable that is called after a copy holds one. */
const VARIABLE_COPY =
  /^[^#\n]{0,500}?\b(?:docker\s+(?:compose\s+)?cp|cp|rsync|scp)\s+(?:-\S{1,80}[ \t]+){0,20}["']?(?<source>\$\{?(?!\w{0,60}(?:BACKUP|COPY|DUMP|SNAPSHOT|DIR))\w{0,60}(?:DB|DATABASE|SQLITE)\w{0,60}\}?)["']?\s/gim;

/** Where a live SQLite file is copied as if it were at rest: in backups, and in what a clock starts. */
export function unsafeCopies(repo: Repo): readonly Place[] {
  const files = backupFiles(repo);
  const clocks = clocksOf(repo).filter(({ path }) => !files.includes(path));
  return [...files.map((path) => ({ path, text: codeOf(repo, path) })), ...clocks].flatMap(copiesIn);
}

function codeOf(repo: Repo, path: string): string {
  return executedText(path, repo.peek(path) ?? '');
}

function copiesIn({ path, text }: { readonly path: string; readonly text: string }): readonly Place[] {
  if (AT_REST.test(text)) return [];
  const places = (pattern: RegExp, isCopy = (_source: string) => true) =>
    [...text.matchAll(pattern)]
      .filter(({ groups }) => isCopy(groups?.source ?? ''))
      .map(({ index, 0: all }) => ({ path, at: index + all.length - all.trimStart().length }));
  const isLive = (source: string) => !SAFE.test(text) || text.includes(`sqlite3 ${source}`);
  const inCode = SCRIPT_CODE.test(path) ? places(CODE_COPY) : [];
  const byVariable = /sqlite|\.db\b/i.test(text) ? places(VARIABLE_COPY, isLive) : [];
  return [...inCode, ...places(FILE_COPY, isLive), ...byVariable];
}

/** `fs.copyFileSync(join(DIR, name), DB_PATH)`: puts a file over a database. */
const OVER =
  /\b(?:copyFile|rename)(?:Sync)?\([^,()]{0,200}(?:\([^()]{0,300}\)[^,()]{0,200})?,\s{0,80}(?<database>(?!\w{0,60}(?:te?mp|test|drill|scratch|copy|backup|target|dest))\w{0,60}(?:db|database|sqlite)\w{0,60})\s*\)/gi;

/** Where code puts a file over a database that its own process has open. */
export interface OpenRestore extends Place {
  /** The expression that names the database. */
  readonly database: string;
}

/** Restores over a database that nobody closes first; one that refuses while the file is there is none. */
export function unsafeRestores(repo: Repo): readonly OpenRestore[] {
  return backupFiles(repo)
    .filter((path) => SCRIPT_CODE.test(path))
    .flatMap((path) => {
      const text = codeOf(repo, path);
      return [...text.matchAll(OVER)].flatMap(({ index, groups }) => {
        const database = groups?.database ?? '';
        const before = blockBefore(text, index);
        const isGuarded = new RegExp(
          `existsSync\\(\\s*${escaped(database)}\\s*\\)\\s*\\)\\s*(?:\\{\\s*)?throw\\b`,
        ).test(before);
        return isGuarded || /\.close\(\)/.test(before) ? [] : [{ path, at: index, database }];
      });
    });
}

/** What stands in the same function above a place: since the last bracket that closes farther out. */
function blockBefore(text: string, at: number): string {
  const lines = text.slice(Math.max(0, at - 4000), at).split('\n');
  const indent = indentOf(lines.at(-1) ?? '');
  const start = lines.findLastIndex((line) => /^\s*\}[;,)]*\s*$/.test(line) && indentOf(line) < indent);
  return lines.slice(start + 1).join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
