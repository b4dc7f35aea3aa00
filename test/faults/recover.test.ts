import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { RecoveryError, RefusedError } from '../../src/errors.ts';
import { headerRecord, record } from '../../src/transaction/journal.ts';
import { forget, history, openRun, recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { inject } from './inject.ts';
import {
  beforeOf,
  CHANGES,
  isMark,
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
    isDead ||= isMark(bytes, 'committed');
    return isDead ? { code: 'DEAD' } : undefined;
  });
  expect(() => commit(root, RUN, CHANGES)).toThrow();
  restore();
  rmSync(join(root, '.aims-fix/lock'));
}

/** Changes what a journal says, with checksums that fit. */
function edit(folder: string, from: string, to: string): void {
  const journal = join(folder, 'journal');
  const text = readFileSync(journal, 'utf8');
  expect(text).toContain(from);
  const lines = text.replace(from, to).split('\n').slice(0, -1);
  const records = lines.map((line, number) => record(number, line.replace(/^[0-9a-f]{32} \d+ /, '')));
  writeFileSync(journal, records.join(''));
}

/** The same, as somebody who holds the key of this installation would. */
function editSealed(folder: string, from: string, to: string): void {
  edit(folder, from, to);
  const journal = join(folder, 'journal');
  const [first = '', ...rest] = readFileSync(journal, 'utf8').split('\n');
  const { seal: _seal, ...header } = JSON.parse(first.slice(first.indexOf('{')));
  writeFileSync(journal, [headerRecord(header).trimEnd(), ...rest].join('\n'));
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
    ['of another version', (folder) => editSealed(folder, '"version":2', '"version":3')],
    ['that is damaged', (folder) => edit(folder, '{', '')],
    ['whose steps are none', (folder) => editSealed(folder, '"kind":"update"', '"kind":"format"')],
    ['whose id leads elsewhere', (folder) => editSealed(folder, '"id":"run-1"', '"id":"../../x"')],
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
    editSealed(
      folder,
      `"path":"scripts/backup.sh","before":null,"after":"${sha256('#!/bin/sh\n')}"`,
      `"path":"../${name}/file.txt","before":null,"after":"${sha256('x')}"`,
    );
    expect(recover(root).conflicts).toMatchObject([{ path: `../${name}/file.txt` }]);
    expect(snapshot(outside)).toEqual({ 'file.txt': '644 "x"' });
  });

  test('follows no journal that this installation did not make', () => {
    cutShort();
    edit(join(root, '.aims-fix/runs/run-1'), '"path":"scripts/backup.sh"', '"path":"scripts/other.sh"');
    const before = snapshot(root);
    for (const read of [() => recover(root), () => commit(root, runInfo('x'), []), () => undo(root)]) {
      expect(read).toThrow(RefusedError);
      expect(read).toThrow('was not made by this installation of aims-fix');
    }
    expect(snapshot(root)).toEqual(before);
  });

  test('keeps the folder of somebody else among the runs', () => {
    put(root, '.aims-fix/runs/notes/mine.txt', 'mine\n');
    expect(recover(root).recovered).toBe('nothing');
    commit(root, RUN, CHANGES);
    undo(root);
    expect(readFileSync(join(root, '.aims-fix/runs/notes/mine.txt'), 'utf8')).toBe('mine\n');
  });

  test('that cannot put a file back says so each time, until it is told to give up', () => {
    cutShort();
    const folder = join(root, '.aims-fix/runs/run-1');
    const steps = readFileSync(join(folder, 'journal'), 'utf8');
    const index = JSON.parse(steps.slice(steps.indexOf('{'), steps.indexOf('\n'))).steps.findIndex(
      ({ path }: { path: string }) => path === 'scripts/run.sh',
    );
    rmSync(join(folder, 'replaced'), { recursive: true });
    put(folder, `before/${index}`, 'damaged');
    for (const _ of ['first', 'second']) {
      expect(recover(root).conflicts).toEqual([
        {
          path: 'scripts/run.sh',
          reason: `what it held before is damaged; its copy is ${join(folder, `before/${index}`)}`,
        },
      ]);
      expect(readFileSync(join(folder, `before/${index}`), 'utf8')).toBe('damaged');
    }
    expect(forget(root)).toEqual(['.aims-fix/kept/run-1']);
    expect(readFileSync(join(root, `.aims-fix/kept/run-1/before/${index}`), 'utf8')).toBe('damaged');
    expect(recover(root)).toEqual({ recovered: 'nothing', files: [], conflicts: [] });
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
