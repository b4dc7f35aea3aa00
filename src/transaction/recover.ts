import { join } from 'node:path';
import { RecoveryError, RefusedError } from '../errors.ts';
import { knowingErrors, reasonOf } from './failure.ts';
import { isErrno, list, makeFolder, realpath, rename, stat } from './fs.ts';
import { isRunId, readJournal } from './journal.ts';
import { holding, isAtWork } from './lock.ts';
import { overdueRuns } from './prune.ts';
import { rollBack } from './roll-back.ts';
import { undoFolder } from './run-folder.ts';
import { type OpenTransaction, readRuns } from './runs.ts';
import { keptFolder, runsFolder, STATE, stateFolder } from './state-folder.ts';
import type { Recovery, RunRecord } from './types.ts';

const NOTHING: Recovery = { recovered: 'nothing', files: [], conflicts: [] };

/**
 * Takes back what was cut short, and frees the lock of whoever died. Where nothing was, nothing is written.
 * @throws RefusedError while another aims-fix is at work; RecoveryError when it cannot be taken back.
 */
export function recover(root: string): Recovery {
  if (!knowingErrors(root, () => isDisturbed(realpath(root)))) return NOTHING;
  return holding(root, 'recover', (real) => {
    try {
      return joined(readRuns(real).open.map((open) => takeBack(real, open)));
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new RecoveryError(
        `recovery stopped at ${reasonOf(error, real)}`,
        'Mend the cause, then run `aims-fix recover` again.',
      );
    }
  });
}

/**
 * Gives up what cannot be recovered: the folder of every run whose journal is damaged, or whose files cannot be put
 * back, moves to `.aims-fix/kept` as it is. Nothing is removed.
 * @returns the folders, as they are called there
 */
export function forget(root: string): readonly string[] {
  return holding(root, 'recover', (real) =>
    list(runsFolder(real))
      .filter(isRunId)
      .filter((id) => !isReadable(join(runsFolder(real), id)))
      .map((id) => {
        makeFolder(keptFolder(real));
        rename(join(runsFolder(real), id), join(keptFolder(real), id));
        return `${STATE}/kept/${id}`;
      }),
  );
}

/** Whether a run went through, and so did its undo where there is one. */
function isReadable(folder: string): boolean {
  try {
    const undo = undoFolder(folder);
    const isUndone = !stat(undo) || readJournal(undo)?.state === 'committed';
    return readJournal(folder)?.state === 'committed' && isUndone;
  } catch (error) {
    if (error instanceof RecoveryError || error instanceof RefusedError) return false;
    throw error;
  }
}

/** Every run that went through, newest first. */
export function history(root: string): readonly RunRecord[] {
  return knowingErrors(root, () => readRuns(realpath(root)).closed.map(({ record }) => record));
}

/** How many runs the next one that writes removes, because they are old and many newer ones are there. */
export function overdue(root: string, now: string): number {
  return knowingErrors(root, () => overdueRuns(readRuns(realpath(root)).closed, now).length);
}

/** The id of a run that was cut short; undefined while another process writes it. Reads only. */
export function openRun(root: string): string | undefined {
  return knowingErrors(root, () => {
    const real = realpath(root);
    return isAtWork(real) ? undefined : readRuns(real).open[0]?.id;
  });
}

function joined(all: readonly Recovery[]): Recovery {
  const [first] = all.filter(({ recovered }) => recovered !== 'nothing');
  const files = all.flatMap((one) => one.files);
  const conflicts = all.flatMap((one) => one.conflicts);
  return first ? { ...first, files, conflicts } : NOTHING;
}

function isDisturbed(root: string): boolean {
  const isLocked = list(stateFolder(root)).some((name) => name === 'lock' || name.startsWith('lock.'));
  return isLocked || readRuns(root).open.length > 0;
}

/** A transaction without a journal had done nothing: its folder is swept up without a word. */
function takeBack(root: string, { kind, id, folder }: OpenTransaction): Recovery {
  const wasBegun = readJournal(folder) !== undefined;
  const { files, conflicts } = rollBack(root, folder);
  if (!wasBegun) return NOTHING;
  return { recovered: kind === 'run' ? 'rolled-back' : 'undo-rolled-back', run: id, files, conflicts };
}
