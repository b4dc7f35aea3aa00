import { dirname, join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { keepAs, makeFolder, read, removeFile, rename, stat, syncFolder } from './fs.ts';
import { damaged, type Journal, mark, readJournal } from './journal.ts';
import { closedOf, imageOf, imagesOf, journalOf, replacedFolder, replacedOf } from './run-folder.ts';
import { keptFolder, removeTree, STATE } from './state-folder.ts';
import { type FileStep, inverse, isFileStep, type Step } from './steps.ts';
import { locate, look, sha256 } from './target.ts';
import type { Conflict } from './types.ts';
import { perform, progressOf, stage, syncFolders, temporaryOf, wasWrittenMeanwhile } from './write-step.ts';

export interface RolledBack {
  /** The files that were put back, or removed again. */
  readonly files: readonly string[];
  readonly conflicts: readonly Conflict[];
  /** A file could not be put back and its earlier contents are nowhere else: the transaction stays open. */
  readonly isStuck: boolean;
}

const NOTHING: RolledBack = { files: [], conflicts: [], isStuck: false };

/**
 * Takes a transaction back, from its journal alone: the process that made it may be gone. Killed at any point,
 * it can be done again. A file that is neither what it was nor what the transaction wrote belongs to someone
 * else and is left as it is; what it held before is kept.
 * @throws RecoveryError when the journal cannot be read; nothing is removed then.
 */
export function rollBack(root: string, folder: string): RolledBack {
  const journal = readJournal(folder);
  const result = journal ? takeBack(root, folder, journal) : NOTHING;
  if (!result.isStuck) sweepUp(folder);
  return result;
}

/** What was kept goes before the journal: as long as there is something to lose, it tells what that is. */
export function sweepUp(folder: string): void {
  for (const kept of [imagesOf(folder), replacedFolder(folder)]) removeTree(kept);
  if (stat(folder)) syncFolder(folder);
  removeFile(closedOf(folder));
  removeFile(journalOf(folder));
  if (stat(folder)) syncFolder(folder);
  removeTree(folder);
}

function takeBack(root: string, folder: string, { run, steps, state }: Journal): RolledBack {
  if (state === 'committed') {
    removeFile(closedOf(folder));
    syncFolder(folder);
    mark(folder, 'rolling-back');
  }
  if (state === 'begun') requireUntouched(root, folder, steps);
  const files: string[] = [];
  const conflicts: Conflict[] = [];
  let isStuck = false;
  for (const [index, step] of [...steps.entries()].reverse()) {
    try {
      const temporary = temporaryOf(root, run.id, index, step);
      removeFile(temporary);
      // Before `prepared` no file was replaced; only folders and temporary files can be there.
      const mayBeMade = state !== 'begun' || !isFileStep(step);
      if (mayBeMade && takeBackStep({ root, folder, index, step, temporary })) files.push(step.path);
    } catch (error) {
      // A link, say, that someone put in the way: this path cannot be trusted any more, the others can.
      if (!(error instanceof RefusedError)) throw error;
      const kept = keep({ root, folder, index, step });
      conflicts.push({ path: step.path, reason: `${error.message}${kept.words}` });
      isStuck ||= kept.isStuck;
    }
  }
  syncFolders(root, steps);
  return { files, conflicts, isStuck };
}

interface Place {
  readonly root: string;
  readonly folder: string;
  readonly index: number;
  readonly step: Step;
  readonly temporary: string;
}

/** A journal that tells of no written file beside one that the run has written has lost its end. */
function requireUntouched(root: string, folder: string, steps: readonly Step[]): void {
  const isWritten = (step: Step) =>
    isFileStep(step) && step.after !== null && progressOf(root, step) === 'after';
  if (steps.some((step) => isWritten(step))) throw damaged(folder);
}

/** Takes one step back; whether that put a file back. */
function takeBackStep(place: Place): boolean {
  const { root, folder, index, step, temporary } = place;
  const back = inverse(step);
  if (isFileStep(step) && isFileStep(back)) {
    const progress = progressOf(root, step);
    if (progress === 'before') return false;
    if (progress === 'elsewhere') throw new RefusedError('was changed by someone else and left as it is');
    if (putBackItself(place, step)) return true;
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

/**
 * Puts the very file back that a step replaced, where it was kept: it has all its attributes, and what a program
 * wrote to it meanwhile.
 */
function putBackItself({ root, folder, index }: Place, step: FileStep): boolean {
  const kept = replacedOf(folder, index);
  if (step.before === null || stat(kept)?.kind !== 'file') return false;
  const isChanged = wasWrittenMeanwhile(folder, index, step);
  const written = isChanged ? keepWritten(root, step) : '';
  rename(kept, locate(root, step.path));
  if (isChanged)
    throw new RefusedError(`holds what another program wrote to it while it was replaced${written}`);
  return true;
}

/** Keeps what the run would have left in a file that goes back to somebody else's text. */
function keepWritten(root: string, step: FileStep): string {
  const found = step.after === null ? null : look(root, step.path);
  if (!found) return '';
  const name = `${found.sha256.slice(0, 16)}-written`;
  makeFolder(keptFolder(root));
  keepAs(locate(root, step.path), join(keptFolder(root), name));
  return `; what the run had written is in ${STATE}/kept/${name}`;
}

/** The saved contents of a file before a step; undefined when they are not what they were. */
export function readImage(folder: string, index: number, hash: string): Uint8Array | undefined {
  const bytes = read(imageOf(folder, index));
  return bytes && sha256(bytes) === hash ? bytes : undefined;
}

interface Kept {
  /** Where the earlier contents are, as the end of a sentence. */
  readonly words: string;
  /** They are nowhere else, and damaged. */
  readonly isStuck: boolean;
}

/** Puts what the file held before where a person finds it, and says where. A damaged copy stays where it is. */
function keep({ root, folder, index, step }: Omit<Place, 'temporary'>): Kept {
  if (!isFileStep(step) || step.before === null) return { words: '', isStuck: false };
  const name = step.before.slice(0, 16);
  if (wasWrittenMeanwhile(folder, index, step))
    moveToKept(root, replacedOf(folder, index), `${name}-meanwhile`);
  if (readImage(folder, index, step.before)) moveToKept(root, imageOf(folder, index), name);
  const isKept = stat(join(keptFolder(root), name)) !== undefined;
  return isKept
    ? { words: `; what it held before is in ${STATE}/kept/${name}`, isStuck: false }
    : { words: `; its copy is ${imageOf(folder, index)}`, isStuck: true };
}

function moveToKept(root: string, from: string, name: string): void {
  const kept = keptFolder(root);
  makeFolder(kept);
  rename(from, join(kept, name));
  syncFolder(kept);
  syncFolder(dirname(kept));
}
