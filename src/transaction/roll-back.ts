import { dirname, join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { makeFolder, read, removeFile, rename, stat, syncFolder } from './fs.ts';
import { imageOf, type Journal, journalOf, mark, readJournal } from './journal.ts';
import { keptFolder, removeTree, STATE } from './state-folder.ts';
import { inverse, isFileStep, type Step } from './steps.ts';
import { sha256 } from './target.ts';
import type { Conflict } from './types.ts';
import { perform, progressOf, stage, syncFolders, temporaryOf } from './write-step.ts';

export interface RolledBack {
  /** The files that were put back, or removed again. */
  readonly files: readonly string[];
  readonly conflicts: readonly Conflict[];
}

/**
 * Takes a transaction back, from its journal alone: the process that made it may be gone. Killed at any point,
 * it can be done again. A file that is neither what it was nor what the transaction wrote belongs to someone
 * else and is left as it is; what it held before is kept.
 */
export function rollBack(root: string, folder: string): RolledBack {
  const journal = readJournal(folder);
  const result = journal ? takeBack(root, folder, journal) : { files: [], conflicts: [] };
  // Without its journal a transaction is over; the rest of the folder is litter.
  removeFile(journalOf(folder));
  if (stat(folder)) syncFolder(folder);
  removeTree(folder);
  return result;
}

function takeBack(root: string, folder: string, { run, steps, state }: Journal): RolledBack {
  if (state === 'committed') mark(folder, 'rolling-back');
  const files: string[] = [];
  const conflicts: Conflict[] = [];
  for (const [index, step] of [...steps.entries()].reverse()) {
    // Before `prepared` no file was replaced; only folders and temporary files can be there.
    const mayBeMade = state !== 'begun' || !isFileStep(step);
    try {
      const temporary = temporaryOf(root, run.id, index, step);
      removeFile(temporary);
      if (mayBeMade && takeBackStep({ root, folder, index, step, temporary })) files.push(step.path);
    } catch (error) {
      // A link, say, that someone put in the way: this path cannot be trusted any more, the others can.
      if (!(error instanceof RefusedError)) throw error;
      conflicts.push({ path: step.path, reason: error.message });
    }
  }
  syncFolders(root, steps);
  return { files, conflicts };
}

interface Place {
  readonly root: string;
  readonly folder: string;
  readonly index: number;
  readonly step: Step;
  readonly temporary: string;
}

/** Takes one step back; whether that put a file back. */
function takeBackStep(place: Place): boolean {
  const { root, folder, index, step, temporary } = place;
  const back = inverse(step);
  if (isFileStep(step) && isFileStep(back)) {
    const progress = progressOf(root, step);
    if (progress === 'before') return false;
    if (progress === 'elsewhere') {
      throw new RefusedError(`was changed by someone else and left as it is${keep(place, step.before)}`);
    }
    if (back.after !== null) {
      const bytes = readImage(folder, index, back.after);
      if (!bytes) throw new RefusedError('what it held before is damaged');
      stage(root, temporary, back, bytes);
    }
  }
  // A folder is there or not: making and removing it can be done again.
  perform(root, temporary, back);
  return isFileStep(back);
}

/** The saved contents of a file before a step; undefined when they are not what they were. */
export function readImage(folder: string, index: number, hash: string): Uint8Array | undefined {
  const bytes = read(imageOf(folder, index));
  return bytes && sha256(bytes) === hash ? bytes : undefined;
}

/** Puts what the file held before where a person finds it, and says where. */
function keep({ root, folder, index }: Place, hash: string | null): string {
  if (hash === null) return '';
  const name = hash.slice(0, 16);
  const kept = keptFolder(root);
  if (readImage(folder, index, hash)) {
    makeFolder(kept);
    rename(imageOf(folder, index), join(kept, name));
    syncFolder(kept);
    syncFolder(dirname(kept));
  }
  return stat(join(kept, name)) ? `; what it held before is in ${STATE}/kept/${name}` : '';
}
