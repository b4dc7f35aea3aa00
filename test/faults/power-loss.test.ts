import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { type Operation, writesOf } from './inject.ts';
import { CHANGES, makeTree, newFolder, RUN, remove } from './scenario.ts';

// When the power goes, what was not synced may be gone, in any order. So the order of the operations must be
// such that nothing is relied on before it was synced: contents before the name, names before the next line of
// the journal.

const root = newFolder();
let logs: readonly (readonly [name: string, log: readonly Operation[]])[] = [];
beforeAll(() => {
  makeTree(root);
  const ofCommit = writesOf(root, () => commit(root, RUN, CHANGES));
  const ofUndo = writesOf(root, () => undo(root));
  makeTreeAgain();
  const thrown = () => {
    throw new Error('no');
  };
  const rollback = () =>
    expect(() => commit(root, { ...RUN, id: 'run-2' }, CHANGES, { beforeClose: thrown })).toThrow();
  logs = [
    ['commit', ofCommit],
    ['undo', ofUndo],
    ['rollback', writesOf(root, rollback)],
  ];
});
afterAll(() => remove(root));

function makeTreeAgain(): void {
  // The undo left the tree as it was.
  expect(logs).toEqual([]);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

const isState = (path: string) => path.includes('/.aims-fix/');
const isJournal = (path: string) => /\/runs\/.*journal$/.test(path);

/** Whether an operation that fits comes after `from` and before `to`. */
function between(
  log: readonly Operation[],
  from: number,
  to: number,
  fits: (operation: Operation) => boolean,
): boolean {
  return log.slice(from + 1, to).some(fits);
}

function syncOf(path: string) {
  return ({ name, path: other }: Operation) => name === 'fsyncSync' && other === path;
}

/** Breaches of the order, as sentences. */
function breaches(log: readonly Operation[]): readonly string[] {
  const found: string[] = [];
  const marks = log.flatMap(({ path, bytes }, at) => (bytes && isJournal(path) ? [at] : []));
  const firstMark = marks[0] ?? log.length;
  for (const [at, { name, path, to, bytes }] of log.entries()) {
    const changesNames = /^(openSync|mkdirSync|linkSync|renameSync|unlinkSync|rmdirSync)$/.test(name);
    if (to !== undefined) {
      const created = log.findLastIndex(
        (other, index) => index < at && other.name === 'openSync' && other.path === path,
      );
      const written = log.findLastIndex(
        (other, index) => index < at && /write|chmod|chown/.test(other.name) && other.path === path,
      );
      if (!between(log, Math.max(created, written), at, syncOf(path)))
        found.push(`${to} gets contents that are not synced`);
    }
    if (!isState(path) && path !== root && changesNames && !path.endsWith('/.aims-fix')) {
      const begun = log.findIndex(syncOf(log[firstMark]?.path ?? ''));
      const named = log.findIndex(syncOf(folderOf(log[firstMark]?.path ?? '')));
      if (at < begun || at < named) found.push(`${path} is touched before the journal is synced`);
      const next = [...marks, ...endsOf(log)].find((mark) => mark > at);
      const changed = to ?? path;
      const isGoneAgain = log
        .slice(at, next)
        .some((other) => other.name === 'rmdirSync' && other.path === folderOf(changed));
      if (next !== undefined && !isGoneAgain && !between(log, at, next, syncOf(folderOf(changed)))) {
        found.push(`${name} ${changed} is not synced before the journal goes on`);
      }
    }
    if (bytes && isState(path) && !between(log, at, log.length, syncOf(path)))
      found.push(`${path} is never synced`);
  }
  return found;
}

/** A rollback is over when the journal is removed. */
function endsOf(log: readonly Operation[]): readonly number[] {
  return log.flatMap(({ name, path }, at) => (name === 'unlinkSync' && isJournal(path) ? [at] : []));
}

test('nothing is relied on before it is on the disk', () => {
  for (const [name, log] of logs) {
    expect(log.length, name).toBeGreaterThan(100);
    expect(breaches(log), name).toEqual([]);
  }
});

test('the copies of what was are synced, with their names, before the first file is replaced', () => {
  for (const [name, log] of logs.slice(0, 2)) {
    const copies = log.flatMap(({ name, path }, at) =>
      name === 'openSync' && /\/before\/\d+$/.test(path) ? [at] : [],
    );
    const first = log.findIndex(({ name, to }) => name === 'renameSync' && to !== undefined && !isState(to));
    expect(copies.length, name).toBeGreaterThan(3);
    for (const at of copies) {
      const { path = '' } = log[at] ?? {};
      expect(between(log, at, first, syncOf(path)), path).toBe(true);
      expect(between(log, at, first, syncOf(folderOf(path))), path).toBe(true);
    }
  }
});

test.each(['fsyncSync'])('this test notices when a %s is missing', (name) => {
  for (const [which, log] of logs) {
    const syncs = log.flatMap((operation, at) => (operation.name === name && relied(operation) ? [at] : []));
    const unnoticed = syncs.filter((at) => breaches(log.filter((_, index) => index !== at)).length === 0);
    expect(unnoticed.length / syncs.length, which).toBeLessThan(0.35);
  }
});

/** What is synced for the lock's sake, or for the root's, is no part of the order above. */
function relied({ path }: Operation): boolean {
  return path !== root && path !== join(root, '.aims-fix') && !path.includes('/lock');
}
