import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { AimsFixError, FailedError } from '../../src/errors.ts';
import { history, recover } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { type Fault, inject, type Operation } from './inject.ts';
import { CHANGES, litter, makeTree, newFolder, RUN, remove, snapshot } from './scenario.ts';

// A disk that fails, fills up or refuses at any operation, reading ones included.

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

function errorOf(root: string, action: () => unknown, decide: (operation: Operation) => Fault): unknown {
  const restore = inject(root, decide);
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    restore();
  }
}

function requireKnown(error: unknown): AimsFixError {
  if (error instanceof AimsFixError) return error;
  throw error;
}

function allOperations(root: string, action: () => unknown): readonly Operation[] {
  const operations: Operation[] = [];
  errorOf(root, action, (operation) => {
    operations.push(operation);
    return undefined;
  });
  return operations;
}

/** Sweeping up and giving the lock back may fail in silence: this process would lose the lock by dying. */
function freeLock(root: string): void {
  rmSync(join(root, '.aims-fix/lock'), { force: true });
}

describe.each(['ENOSPC', 'EIO', 'EACCES'])('%s once, at any operation', (code) => {
  test('of a commit rolls back and names the path', () => {
    const operations = allOperations(newRoot(), () => commit(join(home, String(count)), RUN, CHANGES));
    for (const { index, name, path, writes } of operations) {
      if (code !== 'EIO' && !writes) continue;
      const at = `${index} ${name}`;
      const root = newRoot();
      const old = snapshot(root);
      const error = errorOf(
        root,
        () => commit(root, RUN, CHANGES),
        (now) => (now.index === index ? { code } : undefined),
      );
      if (error === undefined) {
        expect(history(root).length, at).toBe(1);
        expect(path, at).toMatch(/\.aims-fix(\/lock.*|\/runs\/run-1(\/(closed|journal))?)?$/);
        freeLock(root);
      } else {
        const { exitCode, message } = requireKnown(error);
        expect([3, 4], `${at}: ${message}`).toContain(exitCode);
        expect(message, at).toMatch(
          /^(\S.*|\.): .*\((ENOSPC|EIO|EACCES)\); (nothing was changed|everything was rolled back)$/,
        );
        expect(message, at).not.toMatch(/\.tmp/);
        expect(snapshot(root), at).toEqual(old);
        expect(recover(root).recovered, at).toBe('nothing');
        expect(litter(root, []), at).toEqual([]);
      }
      remove(root);
    }
  });
});

test.each(['commit', 'undo'])('a disk that stays full from any operation on takes the %s back', (command) => {
  const work = (root: string) => (command === 'undo' ? undo(root) : commit(root, RUN, CHANGES));
  const codes = new Set<number>();
  const takesSpace = ({ name, writes }: Operation) =>
    writes && /open|write|mkdir|link(?!.*un)|rename/.test(name) && name !== 'unlinkSync';
  for (let from = 1; ; from++) {
    const root = newRoot();
    if (command === 'undo') commit(root, RUN, CHANGES);
    const before = snapshot(root);
    let seen = 0;
    const error = errorOf(
      root,
      () => work(root),
      (now) => {
        if (takesSpace(now)) seen++;
        return takesSpace(now) && seen >= from ? { code: 'ENOSPC' } : undefined;
      },
    );
    if (error === undefined) {
      expect(from).toBeGreaterThan(40);
      break;
    }
    codes.add(requireKnown(error).exitCode);
    // With room again, what could not be taken back at once is.
    expect(recover(root).conflicts).toEqual([]);
    expect(snapshot(root), `${from}`).toEqual(before);
    expect(litter(root, command === 'undo' ? [RUN.id] : []), `${from}`).toEqual([]);
    remove(root);
  }
  expect([...codes].sort()).toEqual([3, 5]);
});

test('EIO once, at operations all along an undo, is survived', () => {
  for (let index = 1; ; index += 3) {
    const root = newRoot();
    const old = snapshot(root);
    commit(root, RUN, CHANGES);
    const written = snapshot(root);
    let reached = false;
    const error = errorOf(
      root,
      () => undo(root),
      (now) => {
        reached ||= now.index === index;
        return now.index === index ? { code: 'EIO' } : undefined;
      },
    );
    if (!reached) break;
    if (error !== undefined) {
      expect([3, 4], `${index}`).toContain(requireKnown(error).exitCode);
      expect(snapshot(root), `${index}`).toEqual(written);
      undo(root);
    }
    freeLock(root);
    expect(snapshot(root), `${index}`).toEqual(old);
    remove(root);
  }
});

test('a disk that fails for good leaves a journal, and the hint says what to do', () => {
  const root = newRoot();
  const old = snapshot(root);
  let failing = false;
  const error = requireKnown(
    errorOf(
      root,
      () => commit(root, RUN, CHANGES),
      (operation) => {
        failing ||= operation.name === 'renameSync';
        return failing && operation.writes ? { code: 'EIO' } : undefined;
      },
    ),
  );
  expect(error.exitCode).toBe(5);
  expect(error.message).toMatch(/^scripts\/run.sh: the disk failed \(EIO\); rolling back failed too: /);
  expect(error.hint).toContain('aims-fix recover');
  freeLock(root);
  expect(recover(root)).toMatchObject({ recovered: 'rolled-back', run: RUN.id, conflicts: [] });
  expect(snapshot(root)).toEqual(old);
});

test('writes that take a few bytes at a time write everything', () => {
  const roots = [newRoot(), newRoot()] as const;
  const error = errorOf(
    roots[0],
    () => commit(roots[0], RUN, CHANGES),
    ({ bytes }) => (bytes ? 'short' : undefined),
  );
  expect(error).toBeUndefined();
  commit(roots[1], RUN, CHANGES);
  expect(snapshot(roots[0])).toEqual(snapshot(roots[1]));
  expect(undo(roots[0]).conflicts).toEqual([]);
});

describe('what is thrown or asked for between the writes', () => {
  test('before the run is closed rolls it back, and comes through as it is', () => {
    for (const thrown of [new FailedError('GAP-001 is still open'), new TypeError('a bug')]) {
      const root = newRoot();
      const old = snapshot(root);
      let seen = {};
      const beforeClose = () => {
        seen = snapshot(root);
        throw thrown;
      };
      expect(() => commit(root, RUN, CHANGES, { beforeClose })).toThrow(thrown);
      expect(seen).not.toEqual(old);
      expect(snapshot(root)).toEqual(old);
      expect(history(root)).toEqual([]);
    }
  });

  test('a promise is refused: nobody would wait for it', () => {
    const root = newRoot();
    const old = snapshot(root);
    expect(() => commit(root, RUN, CHANGES, { beforeClose: async () => {} })).toThrow('synchronous');
    expect(snapshot(root)).toEqual(old);
  });

  test('an interruption at any moment rolls back', () => {
    const root = newRoot();
    const old = snapshot(root);
    let total = 0;
    for (let at = 1; ; at++) {
      let asked = 0;
      const interrupted = () => ++asked === at;
      try {
        commit(root, RUN, CHANGES, { interrupted });
        break;
      } catch (error) {
        expect(requireKnown(error).message).toBe('interrupted; everything was rolled back');
        expect(requireKnown(error).exitCode).toBe(3);
      }
      expect(snapshot(root), `${at}`).toEqual(old);
      expect(litter(root, []), `${at}`).toEqual([]);
      total++;
    }
    expect(total).toBeGreaterThan(20);
  });
});
