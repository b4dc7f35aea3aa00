import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { history, recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { inject, type Operation, writesOf } from './inject.ts';
import { CHANGES, isMark, litter, makeTree, newFolder, RUN, remove, snapshot } from './scenario.ts';

// Deaths in a row. They happen within this process: from one operation on nothing reaches the disk any more,
// which for synchronous code is what SIGKILL does (kill.test.ts uses the real one).

vi.setConfig({ testTimeout: 120_000 });
const home = newFolder();
let count = 0;
afterAll(() => remove(home));

function newRoot(): string {
  const root = join(home, String(++count));
  mkdirSync(root);
  makeTree(root);
  return root;
}

/** Lets the action die at its nth writing operation; false when it ended before. */
function diesAt(root: string, at: number, action: () => unknown): boolean {
  let writes = 0;
  const restore = inject(root, (operation: Operation) => {
    if (operation.writes) writes++;
    return writes >= at ? { code: 'DEAD' } : undefined;
  });
  try {
    action();
  } catch {
    // How the death looks from inside does not matter.
  } finally {
    restore();
  }
  if (writes >= at) forgetProcess(root);
  return writes >= at;
}

/** Locks of the dead name this process, which lives: give them a start time of long ago. */
function forgetProcess(root: string): void {
  const state = join(root, '.aims-fix');
  for (const name of readdirSync(root).includes('.aims-fix') ? readdirSync(state) : []) {
    if (!name.startsWith('lock')) continue;
    const text = readFileSync(join(state, name), 'utf8');
    if (text !== '') writeFileSync(join(state, name), text.replace(/"startTime":"\d+"/, '"startTime":"1"'));
  }
}

test('a commit that dies at any operation is recovered', () => {
  const root = newRoot();
  const old = snapshot(root);
  const total = writesOf(root, () => commit(root, RUN, CHANGES)).length;
  const written = snapshot(root);
  expect(total).toBeGreaterThan(150);
  for (let at = 1; at <= total; at++) {
    const root = newRoot();
    diesAt(root, at, () => commit(root, RUN, CHANGES));
    recover(root);
    expect(snapshot(root), `${at}`).toEqual(history(root).length === 0 ? old : written);
    expect(
      litter(
        root,
        history(root).map(({ id }) => id),
      ),
      `${at}`,
    ).toEqual([]);
    remove(root);
  }
});

test.each([3, 7, 11])(
  'a recovery that dies again and again, each time %i operations later, converges',
  (step) => {
    let deaths = 0;
    for (let first = step; ; first += 9) {
      const root = newRoot();
      const old = snapshot(root);
      diesAt(root, first, () => commit(root, RUN, CHANGES));
      if (history(root).length > 0) break;
      for (let at = 1; diesAt(root, at, () => recover(root)); at += step) deaths++;
      expect(snapshot(root), `${first}`).toEqual(old);
      expect(litter(root, []), `${first}`).toEqual([]);
      remove(root);
    }
    expect(deaths).toBeGreaterThan(30);
  },
);

test.each(['commit', 'undo'])('a recovery dies at any operation, after a late death of: %s', (command) => {
  const start = (): string => {
    const root = newRoot();
    if (command === 'undo') commit(root, RUN, CHANGES);
    return root;
  };
  const work = (root: string) => (command === 'undo' ? undo(root) : commit(root, RUN, CHANGES));
  const measured = start();
  const tree = snapshot(measured);
  const late =
    writesOf(measured, () => work(measured)).findLastIndex(({ bytes }) => isMark(bytes, 'committed')) + 1;
  for (let at = 1; ; at++) {
    const root = start();
    diesAt(root, late, () => work(root));
    const died = diesAt(root, at, () => recover(root));
    recover(root);
    expect(snapshot(root), `${at}`).toEqual(tree);
    expect(litter(root, command === 'undo' ? [RUN.id] : []), `${at}`).toEqual([]);
    remove(root);
    if (!died) {
      expect(at).toBeGreaterThan(70);
      return;
    }
  }
});

// Its last line is written, yet the disk does not say that it arrived: the run is taken back, and dies over that.
test('a commit that cannot be sure of its last line is old or new, never half', () => {
  const measured = newRoot();
  const trees = [snapshot(measured)];
  commit(measured, RUN, CHANGES);
  trees.push(snapshot(measured));
  const outcomes: number[] = [];
  for (let at = 1; ; at++) {
    const root = newRoot();
    let isWritten = false;
    let changes = 0;
    const restore = inject(root, (operation) => {
      if (isWritten && operation.changes) changes++;
      if (changes >= at) return { code: 'DEAD' };
      if (isWritten && changes === 0 && operation.name === 'fsyncSync') return { code: 'EIO' };
      isWritten ||= isMark(operation.bytes, 'committed');
      return undefined;
    });
    expect(() => commit(root, RUN, CHANGES)).toThrow(/failed/);
    restore();
    if (changes < at) break;
    forgetProcess(root);
    recover(root);
    outcomes.push(history(root).length);
    expect(snapshot(root), `${at}`).toEqual(trees[history(root).length]);
    expect(
      litter(
        root,
        history(root).map(({ id }) => id),
      ),
      `${at}`,
    ).toEqual([]);
    remove(root);
  }
  expect(outcomes.join('')).toMatch(/^1{1,3}0{30,}$/);
});

test('an undo that dies, is recovered and dies again later, is done in the end', () => {
  const root = newRoot();
  const old = snapshot(root);
  commit(root, RUN, CHANGES);
  const written = snapshot(root);
  let deaths = 0;
  for (let at = 1; diesAt(root, at, () => undo(root)); at += 2) {
    deaths++;
    expect(recover(root).conflicts).toEqual([]);
    const now = snapshot(root);
    if (JSON.stringify(now) === JSON.stringify(old)) break;
    expect(now, `${at}`).toEqual(written);
  }
  expect(snapshot(root)).toEqual(old);
  expect(deaths).toBeGreaterThan(60);
});
