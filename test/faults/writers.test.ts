import { appendFileSync, closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { RecoveryError } from '../../src/errors.ts';
import { history, recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { inject } from './inject.ts';
import { CHANGES, makeTree, newFolder, RUN, remove, snapshot } from './scenario.ts';

// Programs that save a file in the moment in which it is replaced: between our last look at it and the rename. What
// they wrote is in the tree afterwards, and the run says that it was taken back.

const homes: string[] = [];
afterAll(() => homes.forEach(remove));
let root = '';
beforeEach(() => {
  root = newFolder();
  homes.push(root);
  makeTree(root);
});

/** Lets another program append to a file just before the operation that replaces or removes it. */
function beside(path: string, name: string, action: () => unknown): unknown {
  let isDone = false;
  const restore = inject(root, (operation) => {
    const at = join(root, path);
    if (!isDone && operation.name === name && (operation.to === at || operation.path === at)) {
      isDone = true;
      restore();
      appendFileSync(at, 'theirs\n');
    }
    return undefined;
  });
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    restore();
  }
}

test.each([
  ['docs/windows.md', 'renameSync'],
  ['app/old/gone.ts', 'unlinkSync'],
])(
  'what is written to %s at the last moment is in the tree, and the run is taken back',
  (path, operation) => {
    const old = snapshot(root);
    const text = readFileSync(join(root, path), 'utf8');
    const error = beside(path, operation, () => commit(root, RUN, CHANGES));
    expect(error).toBeInstanceOf(RecoveryError);
    expect(String(error)).toContain(`${path}: holds what another program wrote to it while it was replaced`);
    expect(readFileSync(join(root, path), 'utf8')).toBe(`${text}theirs\n`);
    const { [path]: _now, ...others } = snapshot(root);
    const { [path]: _then, ...before } = old;
    expect(others).toEqual(before);
    expect(history(root)).toEqual([]);
    expect(recover(root).recovered).toBe('nothing');
  },
);

test('both texts are named: what the other program wrote, and what the run would have written', () => {
  const error = beside('docs/windows.md', 'renameSync', () => commit(root, RUN, CHANGES));
  const kept = readdirSync(join(root, '.aims-fix/kept')).find((name) => name.endsWith('-written')) ?? '';
  expect(String(error)).toContain(`what the run had written is in .aims-fix/kept/${kept}`);
  expect(readFileSync(join(root, '.aims-fix/kept', kept), 'utf8')).toBe('one\r\n2\r\n');
});

test('an undo beside a writer loses nothing either', () => {
  commit(root, RUN, CHANGES);
  const error = beside('docs/windows.md', 'renameSync', () => undo(root));
  expect(error).toBeInstanceOf(RecoveryError);
  expect(readFileSync(join(root, 'docs/windows.md'), 'utf8')).toBe('one\r\n2\r\ntheirs\n');
});

test('what is written later, through a file that was open all the time, is still on the disk', () => {
  const open = openSync(join(root, 'docs/windows.md'), 'a');
  commit(root, RUN, CHANGES);
  writeSync(open, 'late\n');
  closeSync(open);
  const folder = join(root, '.aims-fix/runs/run-1/replaced');
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(texts).toContain('one\r\ntwo\r\nlate\n');
});
