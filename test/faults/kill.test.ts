import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { history, recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { buildDriver, run, twoAtATime } from './children.ts';
import { type Operation, writesOf } from './inject.ts';
import { CHANGES, isMark, litter, makeTree, newFolder, RUN, remove, snapshot } from './scenario.ts';

// A process is killed at every writing operation of a commit, of an undo and of a recovery, and in the middle of
// every write. What it leaves must recover to the old tree or to the new one, with nothing beside it.

type Tree = Readonly<Record<string, string>>;

vi.setConfig({ testTimeout: 120_000 });
const home = newFolder();
let driver = '';
let count = 0;
let oldTree: Tree = {};
let newTree: Tree = {};

beforeAll(async () => {
  driver = await buildDriver(home);
  const root = newRoot();
  oldTree = snapshot(root);
  commit(root, RUN, CHANGES);
  newTree = snapshot(root);
});
afterAll(() => remove(home));

function newRoot(): string {
  const root = join(home, `target-${++count}`);
  mkdirSync(root);
  makeTree(root);
  return root;
}

function committedRoot(): string {
  const root = newRoot();
  commit(root, RUN, CHANGES);
  return root;
}

/**
 * Every place to die at: before each operation that changes something, and within each write. Before an fsync or
 * a close the tree is what it is before the next operation: kill-again.test.ts dies there too.
 */
function deathsIn(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap(({ changes, bytes }, at) => [
    ...(changes ? [`kill:${at + 1}`] : []),
    ...(bytes ? [`tear:${at + 1}`] : []),
  ]);
}

async function dies(command: string, root: string, death: string): Promise<void> {
  const { signal, stderr } = await run(driver, command, root, death);
  expect(`${command} ${death}: ${signal}${stderr}`).toBe(`${command} ${death}: SIGKILL`);
}

/** Recovers, and says which of two trees it found. */
function recovered(
  root: string,
  death: string,
  trees: { readonly old: Tree; readonly new: Tree },
): 'old' | 'new' {
  const { conflicts } = recover(root);
  expect(conflicts, death).toEqual([]);
  const now = snapshot(root);
  const isOld = JSON.stringify(now) === JSON.stringify(trees.old);
  expect(now, death).toEqual(isOld ? trees.old : trees.new);
  expect(
    litter(
      root,
      history(root).map(({ id }) => id),
    ),
    death,
  ).toEqual([]);
  expect(
    writesOf(root, () => expect(recover(root).recovered).toBe('nothing')),
    death,
  ).toEqual([]);
  return isOld ? 'old' : 'new';
}

describe('killed at every operation', () => {
  test('of a commit', async () => {
    const deaths = deathsIn(writesOf(newRoot(), () => commit(lastRoot(), RUN, CHANGES)));
    const outcomes = new Map<string, string>();
    await twoAtATime(deaths, async (death) => {
      const root = newRoot();
      await dies('commit', root, death);
      const outcome = recovered(root, death, { old: oldTree, new: newTree });
      expect(history(root).length, death).toBe(outcome === 'old' ? 0 : 1);
      outcomes.set(death, outcome);
      remove(root);
    });
    expectOneTurn(deaths, outcomes);
  });

  test('of an undo', async () => {
    const deaths = deathsIn(writesOf(committedRoot(), () => undo(lastRoot())));
    const outcomes = new Map<string, string>();
    await twoAtATime(deaths, async (death) => {
      const root = committedRoot();
      await dies('undo', root, death);
      const outcome = recovered(root, death, { old: newTree, new: oldTree });
      expect(
        history(root).map(({ state }) => state),
        death,
      ).toEqual([outcome === 'old' ? 'committed' : 'undone']);
      // Whatever happened, the run can be taken back now, once.
      if (outcome === 'old') expect(undo(root).conflicts, death).toEqual([]);
      expect(snapshot(root), death).toEqual(oldTree);
      outcomes.set(death, outcome);
      remove(root);
    });
    expectOneTurn(deaths, outcomes);
  });

  // The deaths that leave most to do: at the end of the preparation, among the renames, before the last line.
  test('of a recovery', async () => {
    const operations = writesOf(newRoot(), () => commit(lastRoot(), RUN, CHANGES));
    const half = newRoot();
    // The death that leaves most to take back: everything is written, and not yet closed.
    await dies(
      'commit',
      half,
      `kill:${operations.findLastIndex(({ bytes }) => isMark(bytes, 'committed')) + 1}`,
    );
    const deaths = deathsIn(writesOf(copyOf(half), () => recover(lastRoot())));
    expect(deaths.length).toBeGreaterThan(50);
    await twoAtATime(deaths, async (death) => {
      const root = copyOf(half);
      await dies('recover', root, death);
      expect(recovered(root, death, { old: oldTree, new: newTree })).toBe('old');
      remove(root);
    });
  });
});

function lastRoot(): string {
  return join(home, `target-${count}`);
}

/** With all modes, links and times. */
function copyOf(root: string): string {
  const copy = join(home, `target-${++count}`);
  execFileSync('cp', ['-a', root, copy]);
  return copy;
}

/** The tree turns from old to new at one operation, and never back. */
function expectOneTurn(deaths: readonly string[], outcomes: ReadonlyMap<string, string>): void {
  const line = deaths.map((death) => outcomes.get(death)).join(' ');
  expect(line).toMatch(/^(old )+(new ?)+$/);
}
