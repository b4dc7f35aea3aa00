import { join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { execute } from './execute.ts';
import { knowingErrors } from './failure.ts';
import { makeFolder, stat, syncFolder } from './fs.ts';
import { type Header, isRunId } from './journal.ts';
import { holding } from './lock.ts';
import { planSteps } from './plan-steps.ts';
import { readRuns, recordOf, requireNothingOpen } from './runs.ts';
import { runsFolder, stateFolder } from './state-folder.ts';
import type { Change, CommitHooks, RunInfo, RunRecord } from './types.ts';

/**
 * Writes all changes to the root, or none. What was there is kept, so that the run can be undone.
 * @throws RefusedError when the target is not what the plan was made against, FailedError when the run was
 * rolled back, RecoveryError when it could not be.
 */
export function commit(
  root: string,
  run: RunInfo,
  changes: readonly Change[],
  hooks: CommitHooks = {},
): RunRecord {
  return holding(root, run.command, (real) => {
    const folder = join(runsFolder(real), run.id);
    const header = knowingErrors(real, (): Header => {
      const runs = requireNothingOpen(readRuns(real));
      if (!isRunId(run.id)) throw new RefusedError(`${JSON.stringify(run.id)} is not a name for a run`);
      if (stat(folder)) throw new RefusedError(`there is a run ${run.id} already`);
      const sequence = (runs.closed[0]?.journal.sequence ?? 0) + 1;
      const steps = planSteps(real, changes);
      makeRunsFolder(real);
      return { version: 2, run, sequence, steps };
    });
    const contents = new Map(
      changes.flatMap((change) => (change.kind === 'delete' ? [] : [[change.path, change.after] as const])),
    );
    execute({ root: real, folder, header, contents, hooks });
    return recordOf(header, 'committed');
  });
}

function makeRunsFolder(root: string): void {
  makeFolder(runsFolder(root));
  syncFolder(stateFolder(root));
  syncFolder(root);
}
