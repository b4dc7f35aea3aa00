import { RecoveryError } from '../errors.ts';
import { knowingErrors, reasonOf } from './failure.ts';
import { isErrno, list, realpath } from './fs.ts';
import { readJournal } from './journal.ts';
import { holding } from './lock.ts';
import { rollBack } from './roll-back.ts';
import { type OpenTransaction, readRuns } from './runs.ts';
import { stateFolder } from './state-folder.ts';
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
      const all = readRuns(real).open.map((open) => takeBack(real, open));
      const [first] = all.filter(({ recovered }) => recovered !== 'nothing');
      const files = all.flatMap((one) => one.files);
      const conflicts = all.flatMap((one) => one.conflicts);
      return first ? { ...first, files, conflicts } : NOTHING;
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new RecoveryError(
        `recovery stopped at ${reasonOf(error, real)}`,
        'Mend the cause, then run `aims-fix recover` again.',
      );
    }
  });
}

/** Every run that went through, newest first. */
export function history(root: string): readonly RunRecord[] {
  return knowingErrors(root, () => readRuns(realpath(root)).closed.map(({ record }) => record));
}

/** The id of a run that was cut short, or that another process is writing now. Reads only. */
export function openRun(root: string): string | undefined {
  return knowingErrors(root, () => readRuns(realpath(root)).open[0]?.id);
}

function isDisturbed(root: string): boolean {
  const isLocked = list(stateFolder(root)).some((name) => name === 'lock' || name.startsWith('lock.'));
  return isLocked || readRuns(root).open.length > 0;
}

/** A transaction without a journal had done nothing: its folder is swept up without a word. */
function takeBack(root: string, { kind, id, folder }: OpenTransaction): Recovery {
  const wasBegun = readJournal(folder) !== undefined;
  const result = rollBack(root, folder);
  if (!wasBegun) return NOTHING;
  return { recovered: kind === 'run' ? 'rolled-back' : 'undo-rolled-back', run: id, ...result };
}
