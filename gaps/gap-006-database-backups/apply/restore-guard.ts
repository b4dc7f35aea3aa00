import type { Finding, Span } from '../../../src/contract.ts';
import { indentOf, indentUnitOf, lineStart, styleOf } from '../../../src/edit/ts-file.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import type { Code } from '../detect.ts';
import type { OpenRestore } from '../read/copies.ts';
import { type BackupState, restoreOf } from '../read.ts';

/** What an edit can close, and what it cannot. */
export interface Closed {
  readonly spans: readonly Span[];
  readonly left: readonly Finding<Code>[];
}

const BY_SCRIPT =
  'The database is open: restore an archive with scripts/restore.sh, or stop the service, delete the -wal and -shm files, and then replace the database';
const BY_HAND = 'The database is open: stop the service before its file is replaced';
/** The whole module under a name, so that its other functions are at hand. */
const IMPORT = (name: string) =>
  new RegExp(
    `^import\\s+(?:\\*\\s+as\\s+)?${escaped(name)}\\s+from\\s+['"](?:node:)?fs['"]|\\b${escaped(name)}\\s*=\\s*require\\(\\s*['"](?:node:)?fs['"]\\s*\\)`,
    'm',
  );

/** A restore in code throws while there is a database, because the process that runs it has it open. */
export function guardSpans(
  state: BackupState,
  path: string,
  findings: readonly Finding<Code>[],
  hasScript: boolean,
): Closed {
  const text = state.repo.text(path);
  const made = findings.map((finding) => ({
    finding,
    span: guardSpan(text, restoreOf(state, finding), hasScript ? BY_SCRIPT : BY_HAND),
  }));
  return {
    spans: made.flatMap(({ span }) => span ?? []),
    left: made.flatMap(({ finding, span }) => (span ? [] : finding)),
  };
}

/** `fs.copyFileSync(source, DB_PATH);` as a statement of its own, in a block. */
function guardSpan(text: string, restore: OpenRestore | undefined, message: string): Span | undefined {
  if (!restore) return undefined;
  const { at, database } = restore;
  const start = lineStart(text, at);
  const [, fs = '', call = ''] =
    /^[ \t]*(\w+)\.(\w+\([^\n]*\)\s*(?:;[ \t]*)?)$/.exec(lineAt(text, start)) ?? [];
  if (fs === '' || !/^(?:copyFile|rename)Sync\(/.test(call)) return undefined;
  if (!IMPORT(fs).test(text)) return undefined;
  const above = startOfComments(text, start);
  const before = lineAt(text, lineStart(text, Math.max(0, above - 1)));
  if (/^\s*(?:\}\s*)?(?:if|else|for|while)\b(?!.*[{};]\s*$)/.test(before)) return undefined;
  const gap = before.trim() === '' ? '\n' : '';
  return { start: above, end: above, text: guard(text, start, { fs, database, message }) + gap };
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end);
}

/** Comments belong to the statement below them. */
function startOfComments(text: string, start: number): number {
  let first = start;
  while (first > 0) {
    const above = lineStart(text, first - 1);
    if (!/^[ \t]*\/\//.test(lineAt(text, above))) break;
    first = above;
  }
  return first;
}

function guard(
  text: string,
  at: number,
  { fs, database, message }: { readonly fs: string; readonly database: string; readonly message: string },
): string {
  const indent = indentOf(text, at);
  const { quote: q, semicolon: s } = styleOf(text);
  return [
    '// Open connections would go on with the old file and its WAL, and damage the new one.',
    `if (${fs}.existsSync(${database})) {`,
    `${indentUnitOf(text)}throw new Error(${q}${message}${q})${s}`,
    '}',
    '',
  ]
    .map((line) => (line === '' ? '' : `${indent}${line}`))
    .join('\n');
}
