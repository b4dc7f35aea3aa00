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
  // The undo left the tree as it was.
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
  return log.flatMap((operation, at) => [
    ...unsyncedContents(log, operation, at),
    ...unsyncedNames(log, operation, at),
    ...unsyncedState(log, operation, at),
  ]);
}

/** What gets its final name must have its final contents on the disk. */
function unsyncedContents(log: readonly Operation[], { path, to }: Operation, at: number): readonly string[] {
  // What a step replaced is the user's own file: its contents are not ours to bring to the disk.
  if (to === undefined || `${path} ${to}`.includes('/replaced/')) return [];
  const touched = log.findLastIndex(
    (other, index) =>
      index < at && other.path === path && /^(open|write|f?chmod|f?chown)Sync$/.test(other.name),
  );
  return between(log, touched, at, syncOf(path)) ? [] : [`${to} gets contents that are not synced`];
}

/** The tree is touched after the journal tells it, and is on the disk before the journal goes on. */
function unsyncedNames(
  log: readonly Operation[],
  { name, path, to }: Operation,
  at: number,
): readonly string[] {
  const changesNames = /^(open|mkdir|link|rename|unlink|rmdir)Sync$/.test(name);
  if (!changesNames || path === root || path.includes('/.aims-fix/') || path.endsWith('/.aims-fix'))
    return [];
  const marks = marksOf(log);
  const journal = log[marks[0] ?? 0]?.path ?? '';
  const isTold = [journal, folderOf(journal), folderOf(folderOf(journal))].every((told) =>
    between(log, -1, at, syncOf(told)),
  );
  const next = marks.find((mark) => mark > at) ?? log.length;
  const folder = folderOf(to ?? path);
  const isGoneAgain = between(log, at, next, (other) => other.name === 'rmdirSync' && other.path === folder);
  return [
    ...(isTold ? [] : [`${path} is touched before the journal is synced`]),
    ...(isGoneAgain || between(log, at, next, syncOf(folder))
      ? []
      : [`${name} ${path}: ${folder} is not synced`]),
  ];
}

/** A line of the journal holds before the next file is touched, and a copy at all. */
function unsyncedState(log: readonly Operation[], { path, bytes }: Operation, at: number): readonly string[] {
  if (!bytes || !isState(path)) return [];
  const next = log.findIndex(
    (other, index) => index > at && isJournal(path) && other.changes && !isState(other.path),
  );
  const end = next === -1 ? log.length : next;
  return between(log, at, end, syncOf(path)) ? [] : [`${path} is not synced`];
}

/** Where the journal goes on: a line more, or, when a rollback is over, its end. */
function marksOf(log: readonly Operation[]): readonly number[] {
  return log.flatMap(({ name, path, bytes }, at) =>
    isJournal(path) && (bytes || name === 'unlinkSync') ? [at] : [],
  );
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

test('a missing fsync is noticed', () => {
  for (const [which, log] of logs) {
    const syncs = log.flatMap((operation, at) =>
      operation.name === 'fsyncSync' && isRelied(operation) ? [at] : [],
    );
    const unnoticed = syncs.filter((missing) => breaches(log.filter((_, at) => at !== missing)).length === 0);
    expect(syncs.length, which).toBeGreaterThan(30);
    // A folder may be synced once more than the order asks for; a file may not.
    const files = unnoticed.map((at) => log[at]?.path ?? '').filter((path) => /journal$|\.tmp$/.test(path));
    expect(files, which).toEqual([]);
    expect(unnoticed.length, which).toBeLessThan(syncs.length / 2);
  }
});

/** What is synced for the lock's sake, or for the root's, is no part of the order above. */
function isRelied({ path }: Operation): boolean {
  return path !== root && path !== join(root, '.aims-fix') && !path.includes('/lock');
}
