import { RefusedError } from '../errors.ts';
import { execute } from './execute.ts';
import { knowingErrors } from './failure.ts';
import { holding } from './lock.ts';
import { planUndo } from './plan-undo.ts';
import { undoFolder } from './run-folder.ts';
import { type Runs, readRuns, requireNothingOpen, type StoredRun } from './runs.ts';
import { isFileStep } from './steps.ts';
import type { UndoOptions, UndoResult } from './types.ts';

/**
 * Puts back what a run changed, where the files still are what it wrote; without an id, the latest run that was
 * not undone. If one file is not, nothing is restored unless `partial` asks for the rest. The undo is a
 * transaction like the run: killed, it is rolled back, and the run stands.
 * @throws RefusedError when there is no such run, or it was undone.
 */
export function undo(root: string, runId?: string, options: UndoOptions = {}): UndoResult {
  return holding(root, runId === undefined ? 'undo' : `undo ${runId}`, (real) => {
    const { target, plan } = knowingErrors(real, () => {
      const runs = requireNothingOpen(readRuns(real));
      const target = requireRun(runs, runId);
      return { target, plan: planUndo(real, target, runs) };
    });
    const { contents, conflicts, steps } = plan;
    const restored = steps.filter(isFileStep).map(({ path }) => path);
    if (conflicts.length > 0 && (!options.partial || restored.length === 0)) {
      return { run: target.record, restored: [], conflicts };
    }
    const { version, run, sequence } = target.journal;
    const header = { version, run, sequence, steps };
    execute({ root: real, folder: undoFolder(target.folder), header, contents, hooks: {} });
    return { run: { ...target.record, state: 'undone' }, restored, conflicts };
  });
}

function requireRun({ closed }: Runs, id: string | undefined): StoredRun {
  const found = closed.find(({ record }) =>
    id === undefined ? record.state === 'committed' : record.id === id,
  );
  if (!found) {
    throw new RefusedError(
      id === undefined ? 'there is no run to undo' : `there is no run ${id}`,
      'Run `aims-fix history` to see the runs.',
    );
  }
  if (found.record.state === 'undone') {
    throw new RefusedError(`the run ${found.record.id} was undone already`);
  }
  return found;
}
