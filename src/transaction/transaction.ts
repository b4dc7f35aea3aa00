import { join } from 'node:path';
import { RecoveryError, RefusedError } from '../errors.ts';
import { execute } from './execute.ts';
import { knowingErrors, reasonOf } from './failure.ts';
import { isErrno, list, makeFolder, realpath, stat, syncFolder } from './fs.ts';
import { type Header, isRunId, readJournal } from './journal.ts';
import { holdLock } from './lock.ts';
import { planSteps } from './plan-steps.ts';
import { planUndo } from './plan-undo.ts';
import { rollBack } from './roll-back.ts';
import { type OpenTransaction, type Runs, readRuns, recordOf, type StoredRun, undoFolder } from './runs.ts';
import { runsFolder, stateFolder } from './state-folder.ts';
import { isFileStep } from './steps.ts';
import type { Change, CommitHooks, Recovery, RunInfo, RunRecord, UndoOptions, UndoResult } from './types.ts';

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
      return { version: 1, run, sequence, steps };
    });
    const contents = new Map(
      changes.flatMap((change) => (change.kind === 'delete' ? [] : [[change.path, change.after] as const])),
    );
    execute({ root: real, folder, header, contents, hooks });
    return recordOf(header, 'committed');
  });
}

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
      return first ?? NOTHING;
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

function holding<T>(root: string, command: string, operation: (real: string) => T): T {
  const release = holdLock(root, command);
  try {
    return operation(knowingErrors(root, () => realpath(root)));
  } finally {
    release();
  }
}

function makeRunsFolder(root: string): void {
  makeFolder(runsFolder(root));
  syncFolder(stateFolder(root));
  syncFolder(root);
}

function requireNothingOpen(runs: Runs): Runs {
  const [first] = runs.open;
  if (!first) return runs;
  throw new RefusedError(
    `the ${first.kind === 'run' ? 'run' : 'undo of'} ${first.id} was cut short`,
    'Run `aims-fix recover` first.',
  );
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

const NOTHING: Recovery = { recovered: 'nothing', files: [], conflicts: [] };

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
