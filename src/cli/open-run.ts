import { RecoveryError, RefusedError } from '../errors.ts';
import { openRun, recover } from '../transaction/recover.ts';
import type { Recovery } from '../transaction/types.ts';
import type { Io } from './io.ts';
import { note } from './note.ts';

/**
 * A run that was cut short leaves a tree that is neither old nor new. Nothing is judged, planned or written on it
 * without a word: what only reads tells of it, what decides refuses, and what writes puts the old tree back first.
 */
export function tellOfOpenRun(io: Io, root: string): void {
  const told = sentenceOf(root);
  if (told !== undefined) note(io, told);
}

/** @throws RefusedError when a run was cut short. */
export function requireWholeTree(root: string): void {
  const id = openRun(root);
  if (id !== undefined) throw new RefusedError(`the run ${id} was cut short`, HINT);
}

const HINT = 'Put the files back first: aims-fix recover';

function sentenceOf(root: string): string | undefined {
  try {
    const id = openRun(root);
    return id === undefined
      ? undefined
      : `the run ${id} was cut short, so these files are neither old nor new; run aims-fix recover`;
  } catch (error) {
    if (error instanceof RecoveryError || error instanceof RefusedError) return error.message;
    throw error;
  }
}

/**
 * Takes back what was cut short and says what that was.
 * @throws RecoveryError when a file could not be put back.
 */
export function recoverFirst(io: Io, root: string): Recovery {
  const recovery = recover(root);
  const [first] = recovery.conflicts;
  if (first)
    throw new RecoveryError(
      `the run ${recovery.run} was cut short and is taken back, but for ${first.path}: ${first.reason}`,
      'Look at the file, then run the command again.',
    );
  if (recovery.recovered !== 'nothing')
    note(io, `the run ${recovery.run} was cut short; ${recovery.files.length} of its files were put back`);
  return recovery;
}
