import { expect } from 'vitest';
import { RefusedError } from '../../src/errors.ts';
import { history } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import type { Change } from '../../src/transaction/types.ts';
import { beforeOf, litter, RUN, snapshot } from './scenario.ts';

export function create(path: string): Change {
  return { kind: 'create', path, after: Buffer.from('new\n'), mode: 0o644 };
}

export function update(path: string, before = beforeOf(path)): Change {
  return { kind: 'update', path, before, after: Buffer.from('new\n') };
}

export function drop(path: string, before = beforeOf(path)): Change {
  return { kind: 'delete', path, before };
}

/** The message with which the changes are refused; nothing may be left behind. */
export function refusal(root: string, ...changes: readonly Change[]): string {
  const before = snapshot(root);
  let refused: unknown;
  try {
    commit(root, RUN, changes);
  } catch (error) {
    refused = error;
  }
  if (!(refused instanceof RefusedError)) throw new Error(`not refused: ${String(refused)}`);
  expect(snapshot(root)).toEqual(before);
  expect(litter(root, [])).toEqual([]);
  expect(history(root)).toEqual([]);
  return refused.message;
}
