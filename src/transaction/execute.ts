import { FailedError, RecoveryError } from '../errors.ts';
import { knownError, reasonOf } from './failure.ts';
import { createFile, isErrno, keepAs, syncFolder } from './fs.ts';
import { begin, close, type Header, mark } from './journal.ts';
import { stale } from './plan-steps.ts';
import { rollBack } from './roll-back.ts';
import { imageOf, imagesOf, replacedFolder, replacedOf } from './run-folder.ts';
import { type FileStep, isFileStep, type Step } from './steps.ts';
import { locate, look } from './target.ts';
import type { CommitHooks } from './types.ts';
import { nameOf, perform, stage, syncFolders, temporaryOf, wasWrittenMeanwhile } from './write-step.ts';

/** Something to bring about, all of it or nothing. */
export interface Transaction {
  readonly root: string;
  /** Where its journal lives; does not exist yet. */
  readonly folder: string;
  readonly header: Header;
  /** The new contents, by the path of the step. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly hooks: CommitHooks;
}

/**
 * Makes all steps, or takes them back and throws why. Killed at any point, it leaves a journal from which
 * `rollBack` finds its way.
 */
export function execute(transaction: Transaction): void {
  const { root, folder, header, hooks } = transaction;
  const { steps } = header;
  try {
    begin(folder, header);
    prepare(transaction);
    mark(folder, 'prepared');
    for (const [index, step] of steps.entries()) {
      if (step.kind === 'make-folder') continue;
      requireUninterrupted(hooks);
      if (isFileStep(step)) {
        requireFresh(root, step);
        if (step.before !== null) keepAs(locate(root, step.path), replacedOf(folder, index));
      }
      perform(root, temporaryOf(root, header.run.id, index, step), step);
    }
    syncFolders(root, steps);
    syncFolder(replacedFolder(folder));
    if (hooks.beforeClose?.() instanceof Promise) throw new TypeError('beforeClose must be synchronous');
    requireUninterrupted(hooks);
    requireNothingWrittenMeanwhile(folder, steps);
    mark(folder, 'committed');
  } catch (error) {
    throw takenBack(transaction, error);
  }
  closeHarmlessly(folder);
}

/** The run has gone through; without this note a journal that is cut short later cannot be told from a whole one. */
function closeHarmlessly(folder: string): void {
  try {
    close(folder);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** Brings everything that the steps will need to the disk: new folders, what was, and what is to be. */
function prepare({ root, folder, header, contents, hooks }: Transaction): void {
  for (const [index, step] of header.steps.entries()) {
    requireUninterrupted(hooks);
    const temporary = temporaryOf(root, header.run.id, index, step);
    if (step.kind === 'make-folder') perform(root, temporary, step);
    if (!isFileStep(step)) continue;
    const bytes = requireFresh(root, step);
    if (bytes) createFile(imageOf(folder, index), bytes, { mode: 0o600, owner: null });
    const after = contents.get(step.path);
    if (step.after !== null && after) stage(root, temporary, step, after);
  }
  syncFolder(imagesOf(folder));
  syncFolders(root, header.steps);
}

/** The bytes that the plan was made against, undefined where it found none. */
function requireFresh(root: string, step: FileStep): Uint8Array | undefined {
  const found = look(root, step.path);
  if ((found?.sha256 ?? null) !== step.before) {
    throw stale(step.path, found ? (step.before ? 'changed' : 'came into being') : 'is gone');
  }
  return found?.bytes;
}

/** A program may have saved a file between our last look at it and the moment in which it was replaced. */
function requireNothingWrittenMeanwhile(folder: string, steps: readonly Step[]): void {
  for (const [index, step] of steps.entries()) {
    if (isFileStep(step) && wasWrittenMeanwhile(folder, index, step))
      throw new FailedError(`${step.path} was written by another program while it was replaced`);
  }
}

function requireUninterrupted(hooks: CommitHooks): void {
  if (hooks.interrupted?.()) throw new FailedError('interrupted; everything was rolled back');
}

/** Rolls back, and says how that went. */
function takenBack({ root, folder, header }: Transaction, error: unknown): unknown {
  const names = nameOf(header.run.id, header.steps);
  try {
    const [first] = rollBack(root, folder).conflicts;
    if (!first) return knownError(error, root, 'everything was rolled back', names);
    return new RecoveryError(
      `${reasonOf(error, root, names)}; rolled back, but for ${first.path}: ${first.reason}`,
      'Look at the file and put it right by hand.',
    );
  } catch (second) {
    return new RecoveryError(
      `${reasonOf(error, root, names)}; rolling back failed too: ${reasonOf(second, root, names)}`,
      'Mend the cause, then run `aims-fix recover`.',
    );
  }
}
