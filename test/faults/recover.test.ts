import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { RecoveryError } from '../../src/errors.ts';
import { history, openRun, recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { inject } from './inject.ts';
import {
  beforeOf,
  CHANGES,
  makeTree,
  newFolder,
  put,
  RUN,
  remove,
  runInfo,
  sha256,
  snapshot,
} from './scenario.ts';

const used: string[] = [];
afterAll(() => used.forEach(remove));
let root = '';
beforeEach(() => {
  root = newFolder();
  used.push(root);
  makeTree(root);
});

/** Leaves a run behind whose process died just before closing it. */
function cutShort(): void {
  let isDead = false;
  const restore = inject(root, ({ bytes }) => {
    isDead ||= String(bytes) === 'committed\n';
    return isDead ? { code: 'DEAD' } : undefined;
  });
  expect(() => commit(root, RUN, CHANGES)).toThrow();
  restore();
  rmSync(join(root, '.aims-fix/lock'));
}

function edit(folder: string, from: string, to: string): void {
  const journal = join(folder, 'journal');
  const text = readFileSync(journal, 'utf8');
  expect(text).toContain(from);
  writeFileSync(journal, text.replace(from, to));
}

describe('a recovery', () => {
  test('is asked for before anything else is written', () => {
    const old = snapshot(root);
    cutShort();
    expect(openRun(root)).toBe(RUN.id);
    expect(history(root)).toEqual([]);
    for (const attempt of [() => commit(root, runInfo('x'), []), () => undo(root)]) {
      expect(attempt).toThrow('the run run-1 was cut short');
    }
    const { recovered, run, files, conflicts } = recover(root);
    expect([recovered, run, conflicts]).toEqual(['rolled-back', RUN.id, []]);
    expect([...files].sort()).toEqual(CHANGES.map(({ path }) => path).sort());
    expect(snapshot(root)).toEqual(old);
    expect(openRun(root)).toBeUndefined();
    commit(root, RUN, CHANGES);
  });

  test('leaves alone what a person changed since, and keeps what was there before', () => {
    const old = snapshot(root);
    cutShort();
    put(root, 'scripts/run.sh', 'edited\n', 0o755);
    put(root, 'app/old/gone.ts', 'mine\n');
    put(root, 'app/new/mine.ts', 'mine\n');
    const { conflicts } = recover(root);
    expect(conflicts.map(({ path }) => path).sort()).toEqual(['app/old/gone.ts', 'scripts/run.sh']);
    for (const { path, reason } of conflicts) {
      const kept = /^was changed by someone else and left as it is; what it held before is in (\S+)$/.exec(
        reason,
      )?.[1];
      expect(sha256(readFileSync(join(root, kept ?? '')))).toBe(beforeOf(path));
    }
    expect(snapshot(root)).toEqual({
      ...old,
      'scripts/run.sh': '755 "edited\\n"',
      'app/old/gone.ts': '644 "mine\\n"',
      'app/new': '755 folder',
      'app/new/mine.ts': '644 "mine\\n"',
    });
    expect(recover(root)).toEqual({ recovered: 'nothing', files: [], conflicts: [] });
  });

  test('goes on beside a path that became a link or a folder', () => {
    const old = snapshot(root);
    cutShort();
    rmSync(join(root, 'docs'), { recursive: true });
    symlinkSync('app', join(root, 'docs'));
    rmSync(join(root, 'scripts/run.sh'));
    mkdirSync(join(root, 'scripts/run.sh'));
    const { conflicts } = recover(root);
    expect(conflicts.map(({ path }) => path)).toEqual(['docs/windows.md', 'scripts/run.sh']);
    const now = snapshot(root);
    for (const path of ['app/old/gone.ts', 'app/legacy/deep/only.ts', 'README.md'])
      expect(now[path]).toBe(old[path]);
    expect(now).not.toHaveProperty(['scripts/backup.sh']);
  });

  test('writes nothing where nothing is', () => {
    expect(recover(root).recovered).toBe('nothing');
    expect([history(root), openRun(root)]).toEqual([[], undefined]);
    expect(existsSync(join(root, '.aims-fix'))).toBe(false);
  });

  test.each<[string, (folder: string) => void]>([
    ['of another version', (folder) => edit(folder, '"version":1', '"version":2')],
    ['that is damaged', (folder) => edit(folder, '{', '')],
    ['whose steps are none', (folder) => edit(folder, '"kind":"update"', '"kind":"format"')],
    ['whose id leads elsewhere', (folder) => edit(folder, '"id":"run-1"', '"id":"../../x"')],
  ])('refuses a journal %s', (_, damage) => {
    cutShort();
    damage(join(root, '.aims-fix/runs/run-1'));
    const before = snapshot(root);
    for (const read of [() => recover(root), () => history(root), () => undo(root)])
      expect(read).toThrow(RecoveryError);
    expect(snapshot(root)).toEqual(before);
  });

  test('never leaves the root, whatever a journal says', () => {
    const outside = newFolder();
    used.push(outside);
    put(outside, 'file.txt', 'x');
    cutShort();
    const folder = join(root, '.aims-fix/runs/run-1');
    const name = outside.split('/').at(-1);
    edit(
      folder,
      `"path":"scripts/backup.sh","before":null,"after":"${sha256('#!/bin/sh\n')}"`,
      `"path":"../${name}/file.txt","before":null,"after":"${sha256('x')}"`,
    );
    expect(recover(root).conflicts).toMatchObject([{ path: `../${name}/file.txt` }]);
    expect(snapshot(outside)).toEqual({ 'file.txt': '644 "x"' });
  });

  test('removes no folder that a link in its place leads to', () => {
    const outside = newFolder();
    used.push(outside);
    put(outside, 'journal', 'x');
    commit(root, RUN, CHANGES);
    symlinkSync(outside, join(root, '.aims-fix/runs/run-2'));
    expect(() => recover(root)).toThrow('run-2 is not a folder');
    expect(snapshot(outside)).toEqual({ journal: '644 "x"' });
  });
});
