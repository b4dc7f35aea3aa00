import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { inject, type Operation, writesOf } from './inject.ts';
import { CHANGES, litter, makeTree, newFolder, RUN, remove, snapshot } from './scenario.ts';

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

/** Lets the action die at the nth operation that changes something; false when it ended before. */
function diesAt(root: string, at: number, action: () => unknown): boolean {
  let changes = 0;
  const restore = inject(root, (operation: Operation) => {
    if (operation.changes) changes++;
    return changes >= at ? { code: 'DEAD' } : undefined;
  });
  try {
    action();
  } catch {
    // How the death looks from inside does not matter.
  } finally {
    restore();
  }
  if (changes >= at) forgetProcess(root);
  return changes >= at;
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

test.each([2, 3, 5])(
  'a recovery that dies again and again, each time %i operations later, converges',
  (step) => {
    const total = writesOf(newRoot(), () => commit(join(home, String(count)), RUN, CHANGES)).length;
    let deaths = 0;
    for (let first = step; first < total; first += 4) {
      const root = newRoot();
      const old = snapshot(root);
      if (!diesAt(root, first, () => commit(root, RUN, CHANGES))) break;
      for (let at = 1; diesAt(root, at, () => recover(root)); at += step) deaths++;
      expect(snapshot(root), `${first}`).toEqual(old);
      expect(litter(root, []), `${first}`).toEqual([]);
      remove(root);
    }
    expect(deaths).toBeGreaterThan(30);
  },
);

test('an undo that dies, is recovered and dies again later, is done in the end', () => {
  const root = newRoot();
  const old = snapshot(root);
  commit(root, RUN, CHANGES);
  const written = snapshot(root);
  let deaths = 0;
  for (let at = 1; diesAt(root, at, () => undo(root)); at++) {
    deaths++;
    expect(recover(root).conflicts).toEqual([]);
    const now = snapshot(root);
    if (JSON.stringify(now) === JSON.stringify(old)) break;
    expect(now, `${at}`).toEqual(written);
  }
  expect(snapshot(root)).toEqual(old);
  expect(deaths).toBeGreaterThan(60);
});
