import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Change, RunInfo } from '../../src/transaction/types.ts';

/** A tree with one of everything that a run may meet: path -> contents and mode. */
const FILES: Readonly<Record<string, readonly [text: string, mode: number]>> = {
  'README.md': ['# untouched\n', 0o644],
  'app/page.tsx': ['export default function Page() {\n  return null;\n}\n', 0o644],
  'app/old/gone.ts': ['export const gone = true;\n', 0o640],
  'app/legacy/deep/only.ts': ['export {};\n', 0o600],
  'app/legacy/deep/second.ts': ['export {};\n', 0o644],
  'docs/windows.md': ['one\r\ntwo\r\n', 0o644],
  'scripts/run.sh': ['#!/bin/sh\necho old\n', 0o755],
};

export const RUN: RunInfo = {
  id: 'run-1',
  gaps: ['GAP-001'],
  command: 'apply --gap GAP-001',
  startedAt: '2026-01-02T03:04:05.000Z',
};

export function runInfo(id: string): RunInfo {
  return { ...RUN, id };
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether these bytes are a turning point of a journal. */
export function isMark(bytes: Uint8Array | undefined, word: string): boolean {
  return bytes !== undefined && String(bytes).endsWith(` ${word}\n`);
}

/** What the plan found at a path of the tree. */
export function beforeOf(path: string): string {
  return sha256(FILES[path]?.[0] ?? '');
}

/** Creates in new folders, in an old one and in an empty one; updates; deletes that empty folders. */
export const CHANGES: readonly Change[] = [
  { kind: 'create', path: 'app/new/deep/page.tsx', after: Buffer.from('export {};\n'), mode: 0o644 },
  { kind: 'create', path: 'app/(auth)/[...nextauth]/ü x.ts', after: Buffer.from('// ü\r\n'), mode: 0o644 },
  { kind: 'create', path: 'scripts/backup.sh', after: Buffer.from('#!/bin/sh\n'), mode: 0o755 },
  { kind: 'create', path: 'spare/empty.txt', after: Buffer.alloc(0), mode: 0o600 },
  {
    kind: 'update',
    path: 'scripts/run.sh',
    before: beforeOf('scripts/run.sh'),
    after: Buffer.from('#!/bin/sh\necho new\n'),
  },
  {
    kind: 'update',
    path: 'docs/windows.md',
    before: beforeOf('docs/windows.md'),
    after: Buffer.from('one\r\n2\r\n'),
  },
  { kind: 'delete', path: 'app/old/gone.ts', before: beforeOf('app/old/gone.ts') },
  { kind: 'delete', path: 'app/legacy/deep/only.ts', before: beforeOf('app/legacy/deep/only.ts') },
  { kind: 'delete', path: 'app/legacy/deep/second.ts', before: beforeOf('app/legacy/deep/second.ts') },
];

/** In memory where the system has such a place: the tests ask for the order of fsyncs, not for their cost. */
const TEMPORARY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A new folder that other users may enter; `remove` it afterwards. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(TEMPORARY, 'aims-fix-')));
  chmodSync(folder, 0o755);
  return folder;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function makeTree(root: string): void {
  for (const [path, [text, mode]] of Object.entries(FILES)) put(root, path, text, mode);
  mkdirSync(join(root, 'spare'));
  chmodSync(join(root, 'app/old'), 0o750);
  chmodSync(join(root, 'app/legacy'), 0o700);
}

export function put(root: string, path: string, text: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  chmodSync(join(root, path), mode);
}

/** Every file with its bytes and mode, every folder with its mode; what belongs to aims-fix is left out. */
export function snapshot(root: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of namesUnder(root, '')) {
    const stat = lstatSync(join(root, path));
    const content = stat.isFile()
      ? JSON.stringify(readFileSync(join(root, path), 'latin1'))
      : stat.isSymbolicLink()
        ? `link to ${readlinkSync(join(root, path))}`
        : 'folder';
    found[path] = `${(stat.mode & 0o7777).toString(8)} ${content}`;
  }
  return found;
}

/** Every path under a folder; links are not followed. */
function namesUnder(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === '.aims-fix') return [];
      return entry.isDirectory() ? [path, ...namesUnder(root, path)] : [path];
    });
}

/** What aims-fix left in its folder that it should not have: all but the journals of runs that went through. */
export function litter(root: string, runs: readonly string[]): readonly string[] {
  const state = join(root, '.aims-fix');
  if (!existsSync(state)) return [];
  const expected = new Set(['.gitignore', 'runs', ...runs.map((id) => `runs/${id}`)]);
  return readdirSync(state, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !expected.has(path) && !runs.some((id) => path.startsWith(`runs/${id}/`)),
  );
}
