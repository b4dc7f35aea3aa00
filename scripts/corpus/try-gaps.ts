import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { columns } from './columns.ts';
import { type Audited, call, type GapRow, type Runner } from './run.ts';

/** What became of one gap that was applied alone to a committed copy. */
export interface Tried {
  readonly name: string;
  readonly gap: string;
  /** closed, steps (open with steps for a person), blocked, crash. */
  readonly outcome: string;
  /** What is amiss with it: nothing, in a tool that keeps its promises. */
  readonly amiss: readonly string[];
  readonly files: number;
  readonly added: number;
  readonly removed: number;
  /** New type errors, or `-` where the packages are not installed. */
  readonly types: string;
  readonly diff: string;
  readonly reason?: string;
}

interface Applied {
  readonly gaps: readonly (GapRow & { readonly diff: string })[];
}

/** Applies each automatic gap that is open to a copy of its own: apply, parse, type check, again, undo. */
export function tryGaps(
  runner: Runner,
  row: Audited & { readonly name: string; readonly path: string },
): readonly Tried[] {
  const gaps = (row.document?.gaps ?? []).filter(
    ({ fix, status }) => fix === 'automatic' && status === 'open',
  );
  if (gaps.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'aims-fix-corpus-'));
  const copy = join(folder, basename(row.path));
  try {
    committedCopy(row.path, copy);
    const before = typeErrors(copy);
    return gaps.map(({ id }) => tryGap(runner, copy, { name: row.name, gap: id }, before));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether something is amiss that the tool promises. */
export function isBad({ amiss }: Tried): boolean {
  return amiss.length > 0;
}

/** A row for each gap that was tried. */
export function triedTable(tried: readonly Tried[]): string {
  const heads = ['repository', 'gap', 'outcome', 'files', 'added', 'removed', 'types', 'amiss'];
  const rows = tried.map(({ name, gap, outcome, files, added, removed, types, amiss }) => [
    name,
    gap.replace(/^GAP-/, ''),
    outcome,
    ...[files, added, removed].map(String),
    types,
    amiss.join(', '),
  ]);
  return columns([heads, ...rows]);
}

function tryGap(
  runner: Runner,
  copy: string,
  facts: { readonly name: string; readonly gap: string },
  typesBefore: ReadonlySet<string> | undefined,
): Tried {
  const none = { ...facts, amiss: [], files: 0, added: 0, removed: 0, types: '-', diff: '' };
  const apply = () => call<Applied>(runner, copy, ['apply', '--gap', facts.gap, '--yes'], [0, 1]).called;
  const first = apply();
  if ('crash' in first) {
    reset(copy);
    return { ...none, outcome: 'crash', amiss: [first.crash.split('\n').slice(0, 2).join(' ')] };
  }
  const [gap] = first.document.gaps;
  const lines = changed(copy, '--numstat').split('\n').filter(Boolean);
  const types = typesBefore && newErrors(typesBefore, typeErrors(copy) ?? new Set());
  const after = statusAfter(runner, copy, facts.gap);
  const amiss = [
    ...(gap?.diff && !appliesElsewhere(copy, gap.diff) ? ['the diff does not apply'] : []),
    ...(types && types.length > 0 ? [`type errors: ${types[0]}`] : []),
    ...againAndBack(runner, copy, apply, lines.length > 0),
  ];
  const sum = (column: number) =>
    lines.reduce((all, line) => all + (Number(line.split('\t')[column]) || 0), 0);
  return {
    ...none,
    outcome: after === 'open' && (gap?.manual.length ?? 0) > 0 ? 'steps' : after,
    amiss,
    files: lines.length,
    added: sum(0),
    removed: sum(1),
    types: types === undefined ? '-' : String(types.length),
    diff: gap?.diff ?? '',
    ...(gap?.reason === undefined ? {} : { reason: gap.reason }),
  };
}

/** A second run changes nothing, and undo brings every byte back. */
function againAndBack(
  runner: Runner,
  copy: string,
  apply: () => object,
  isChanged: boolean,
): readonly string[] {
  const before = changed(copy);
  apply();
  const again = changed(copy) === before ? [] : ['a second run changes something'];
  if (isChanged) call(runner, copy, ['undo'], [0]);
  const left = git(copy, 'status', '--porcelain').trim();
  reset(copy);
  return left === '' ? again : [...again, `undo leaves ${left.split('\n')[0]}`];
}

function statusAfter(runner: Runner, copy: string, gap: string): string {
  const { called } = call<{ readonly gaps: readonly GapRow[] }>(
    runner,
    copy,
    ['audit', '--gap', gap],
    [0, 1],
  );
  return 'crash' in called ? 'crash' : (called.document.gaps[0]?.status ?? 'crash');
}

/** `git apply --check` on the committed tree, as a reviewer would. */
function appliesElsewhere(copy: string, diff: string): boolean {
  const clean = `${copy}.clean`;
  execFileSync('git', ['clone', '--quiet', copy, clean]);
  const { status } = spawnSync('git', ['apply', '--check', '-'], { cwd: clean, input: diff });
  rmSync(clean, { recursive: true, force: true });
  return status === 0;
}

function committedCopy(path: string, copy: string): void {
  cpSync(path, copy, {
    recursive: true,
    filter: (from) => !/\/(?:node_modules|\.git|\.aims-fix)$/.test(from),
  });
  const installed = join(path, 'node_modules');
  git(copy, 'init', '--quiet', '--initial-branch', 'main');
  git(copy, 'config', 'user.name', 'corpus');
  git(copy, 'config', 'user.email', 'corpus@example.com');
  git(copy, 'add', '--all', '--force');
  git(copy, 'commit', '--quiet', '--message', 'as it is');
  if (existsSync(installed)) symlinkSync(installed, join(copy, 'node_modules'));
}

/** Everything that differs from the commit, new files included; the index is left as it was. */
function changed(copy: string, ...format: readonly string[]): string {
  git(copy, 'add', '--all', '--intent-to-add');
  const diff = git(copy, 'diff', ...format, 'HEAD');
  git(copy, 'reset', '--quiet');
  return diff;
}

function reset(copy: string): void {
  git(copy, 'reset', '--quiet', '--hard');
  git(copy, 'clean', '--quiet', '-fdx', '--exclude', 'node_modules');
}

/** Errors by file and text, without lines; undefined where TypeScript is not installed. */
function typeErrors(copy: string): ReadonlySet<string> | undefined {
  const compiler = join(copy, 'node_modules/.bin/tsc');
  if (!existsSync(compiler) || !readdirSync(copy).includes('tsconfig.json')) return undefined;
  const { stdout } = spawnSync(compiler, ['--noEmit'], { cwd: copy, encoding: 'utf8' });
  return new Set(
    stdout
      .split('\n')
      .flatMap((line) => /^(.+?)\(\d+,\d+\): (error .*)$/.exec(line)?.slice(1).join(' ') ?? []),
  );
}

function newErrors(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] {
  return [...after].filter((error) => !before.has(error));
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
