import { chmodSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { history } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import type { Change } from '../../src/transaction/types.ts';
import { undo } from '../../src/transaction/undo.ts';
import { inject } from './inject.ts';
import {
  beforeOf,
  CHANGES,
  isMark,
  litter,
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

function rewrite(path: string, from: string, to: string): Change {
  return { kind: 'update', path, before: sha256(from), after: Buffer.from(to) };
}

describe('an undo', () => {
  test('restores bytes, modes and folders exactly, and the record says so', () => {
    const old = snapshot(root);
    const record = commit(root, RUN, CHANGES);
    expect(record).toEqual({
      ...RUN,
      state: 'committed',
      files: CHANGES.map((change) => ({
        path: change.path,
        kind: change.kind,
        before: change.kind === 'create' ? null : change.before,
        after: change.kind === 'delete' ? null : sha256(change.after),
      })),
    });
    const written = snapshot(root);
    expect(written['scripts/run.sh']).toBe(`755 ${JSON.stringify('#!/bin/sh\necho new\n')}`);
    expect(written['scripts/backup.sh']).toMatch(/^755 /);
    expect(written['docs/windows.md']).toBe(`644 ${JSON.stringify('one\r\n2\r\n')}`);
    for (const gone of ['app/old', 'app/legacy', 'app/legacy/deep'])
      expect(written).not.toHaveProperty([gone]);

    const { run, restored, conflicts } = undo(root);
    expect(run).toEqual({ ...record, state: 'undone' });
    expect([...restored].sort()).toEqual(CHANGES.map(({ path }) => path).sort());
    expect(conflicts).toEqual([]);
    expect(snapshot(root)).toEqual(old);
    expect(history(root)).toEqual([run]);
  });

  test('happens once', () => {
    expect(() => undo(root)).toThrow('there is no run to undo');
    commit(root, RUN, CHANGES);
    undo(root);
    expect(() => undo(root)).toThrow('there is no run to undo');
    expect(() => undo(root, RUN.id)).toThrow('the run run-1 was undone already');
    expect(() => undo(root, 'run-2')).toThrow('there is no run run-2');
    expect(() => undo(root, '../run-1')).toThrow('there is no run ../run-1');
  });

  test('leaves everything as it is when a file is not what the run wrote', () => {
    commit(root, RUN, CHANGES);
    put(root, 'scripts/run.sh', 'edited\n', 0o755);
    put(root, 'app/old/gone.ts', 'back\n');
    rmSync(join(root, 'scripts/backup.sh'));
    const before = snapshot(root);
    const { run, restored, conflicts } = undo(root);
    expect([run.state, restored]).toEqual(['committed', []]);
    expect(conflicts).toEqual([
      { path: 'app/old/gone.ts', reason: 'was changed after the run' },
      { path: 'scripts/run.sh', reason: 'was changed after the run' },
      { path: 'scripts/backup.sh', reason: 'was removed after the run' },
    ]);
    expect(snapshot(root)).toEqual(before);
  });

  test('restores the rest when it is asked to', () => {
    const old = snapshot(root);
    commit(root, RUN, CHANGES);
    put(root, 'scripts/run.sh', 'edited\n', 0o700);
    put(root, 'app/new/mine.ts', 'mine\n');
    const { run, restored, conflicts } = undo(root, RUN.id, { partial: true });
    expect([run.state, restored.length]).toEqual(['undone', CHANGES.length - 1]);
    expect(conflicts).toEqual([{ path: 'scripts/run.sh', reason: 'was changed after the run' }]);
    expect(snapshot(root)).toEqual({
      ...old,
      'scripts/run.sh': '700 "edited\\n"',
      'app/new': '755 folder',
      'app/new/mine.ts': '644 "mine\\n"',
    });
  });

  test('of an older run is refused where a later one wrote, and works once that is undone', () => {
    const old = snapshot(root);
    commit(root, runInfo('a'), CHANGES);
    commit(root, runInfo('b'), [rewrite('scripts/run.sh', '#!/bin/sh\necho new\n', 'newer\n')]);
    commit(root, runInfo('c'), [
      { kind: 'update', path: 'README.md', before: beforeOf('README.md'), after: Buffer.from('c') },
    ]);
    expect(history(root).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(undo(root, 'a').conflicts).toEqual([
      { path: 'scripts/run.sh', reason: 'was changed by the later run b; undo that one first' },
    ]);
    undo(root, 'b');
    expect(undo(root, 'a').conflicts).toEqual([]);
    expect(undo(root).run.id).toBe('c');
    expect(snapshot(root)).toEqual(old);
  });

  test('keeps the mode that a person gave to a file since', () => {
    commit(root, RUN, CHANGES);
    chmodSync(join(root, 'docs/windows.md'), 0o600);
    undo(root);
    expect(snapshot(root)['docs/windows.md']).toBe(`600 ${JSON.stringify('one\r\ntwo\r\n')}`);
  });

  test('that is rolled back leaves the modes that a person gave since', () => {
    commit(root, RUN, CHANGES);
    for (const path of ['scripts/backup.sh', 'app/new', 'docs/windows.md'])
      chmodSync(join(root, path), 0o700);
    const before = snapshot(root);
    const restore = inject(root, ({ bytes }) => (isMark(bytes, 'committed') ? { code: 'EIO' } : undefined));
    expect(() => undo(root)).toThrow('everything was rolled back');
    restore();
    expect(snapshot(root)).toEqual(before);
    expect(history(root)).toMatchObject([{ id: RUN.id, state: 'committed' }]);
  });

  test('does not restore from a damaged copy, nor through a link', () => {
    commit(root, RUN, CHANGES);
    const copies = join(root, '.aims-fix/runs/run-1/before');
    for (const name of readdirSync(copies)) writeFileSync(join(copies, name), 'damaged');
    rmSync(join(root, 'spare'), { recursive: true });
    symlinkSync('app', join(root, 'spare'));
    const before = snapshot(root);
    const { conflicts } = undo(root);
    const reasons = new Map(conflicts.map(({ path, reason }) => [path, reason]));
    expect(reasons.get('scripts/run.sh')).toBe('what it held before is damaged');
    expect(reasons.get('spare/empty.txt')).toContain('spare is a link to app');
    expect(snapshot(root)).toEqual(before);
  });
});

test('a run that another one cannot be told from is refused', () => {
  commit(root, RUN, CHANGES);
  expect(() => commit(root, RUN, [])).toThrow('there is a run run-1 already');
  for (const id of ['', '.', '..', 'a/b', '-x', 'x'.repeat(65)]) {
    expect(() => commit(root, runInfo(id), [])).toThrow('is not a name for a run');
  }
  expect(litter(root, [RUN.id])).toEqual([]);
});
