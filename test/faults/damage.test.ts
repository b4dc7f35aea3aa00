import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { AimsFixError } from '../../src/errors.ts';
import { recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { inject } from './inject.ts';
import { CHANGES, isMark, makeTree, newFolder, RUN, remove, snapshot } from './scenario.ts';

// A journal that lost its end, or one bit. Whatever is asked next ends in the old tree, in the new tree, or in an
// error that leaves every copy where it is: nothing is claimed to be well that is not.

vi.setConfig({ testTimeout: 120_000 });
const homes: string[] = [];
afterAll(() => homes.forEach(remove));

const FOLDER = '.aims-fix/runs/run-1';

function newRoot(): string {
  const root = newFolder();
  homes.push(root);
  makeTree(root);
  return root;
}

/** A run whose process died when all files were replaced and the journal did not say so yet. */
function interrupted(): string {
  const root = newRoot();
  let isDead = false;
  const restore = inject(root, ({ bytes }) => {
    isDead ||= isMark(bytes, 'committed');
    return isDead ? { code: 'DEAD' } : undefined;
  });
  expect(() => commit(root, RUN, CHANGES)).toThrow();
  restore();
  rmSync(join(root, '.aims-fix/lock'));
  return root;
}

function committed(): string {
  const root = newRoot();
  commit(root, RUN, CHANGES);
  return root;
}

const OLD = snapshot(newRoot());
const NEW = snapshot(committed());

/** What the next command says and leaves: the tree is told from its snapshot, copies are looked for where they lay. */
function outcomeOf(root: string, action: () => unknown): 'old' | 'new' | 'refused' {
  const before = snapshot(root);
  const copies = readCopies(root);
  try {
    action();
  } catch (error) {
    if (!(error instanceof AimsFixError)) throw error;
    expect(error.exitCode).toBe(5);
    expect(snapshot(root)).toEqual(before);
    expect(readCopies(root)).toEqual(copies);
    return 'refused';
  }
  const now = JSON.stringify(snapshot(root));
  expect([JSON.stringify(OLD), JSON.stringify(NEW)]).toContain(now);
  return now === JSON.stringify(OLD) ? 'old' : 'new';
}

function readCopies(root: string): readonly string[] {
  const { steps } = JSON.parse(/\{.*\}/.exec(JOURNALS.committed)?.[0] ?? '{}');
  return steps.flatMap((_: unknown, index: number) => {
    try {
      return [readFileSync(join(root, FOLDER, 'before', String(index)), 'latin1')];
    } catch {
      return [];
    }
  });
}

const JOURNALS = {
  interrupted: readFileSync(join(interrupted(), FOLDER, 'journal'), 'latin1'),
  committed: readFileSync(join(committed(), FOLDER, 'journal'), 'latin1'),
};

const states = [
  ['interrupted', interrupted, recover, 'old'],
  ['committed', committed, recover, 'new'],
  ['committed', committed, undo, 'old'],
] as const;

test.each(states)('a %s journal that is cut short anywhere', (state, make, action, whole) => {
  const { length } = JOURNALS[state];
  const last = JOURNALS[state].lastIndexOf('\n', length - 2) + 1;
  const cuts = [
    0,
    1,
    32,
    33,
    700,
    ...Array.from({ length: 12 }, (_, index) => Math.floor((length / 12) * index)),
  ];
  for (const cut of new Set([...cuts, last - 1, last, last + 10, length - 2, length - 1])) {
    const root = make();
    truncateSync(join(root, FOLDER, 'journal'), cut);
    expect(`${cut}: ${outcomeOf(root, () => action(root))}`).toBe(`${cut}: refused`);
  }
  const root = make();
  expect(outcomeOf(root, () => action(root))).toBe(whole);
});

test.each(states)('a %s journal with one bit turned', (state, make, action) => {
  const { length } = JOURNALS[state];
  for (let at = 0; at < length; at += Math.ceil(length / 60)) {
    const root = make();
    const bytes = Buffer.from(JOURNALS[state], 'latin1');
    // The run's own journal: its times and names are those of this run.
    const own = readFileSync(join(root, FOLDER, 'journal'));
    expect(own.length).toBe(bytes.length);
    own[at] = (own[at] ?? 0) ^ (1 << (at % 7));
    writeFileSync(join(root, FOLDER, 'journal'), own);
    expect(`${at}: ${outcomeOf(root, () => action(root))}`).toBe(`${at}: refused`);
  }
});
