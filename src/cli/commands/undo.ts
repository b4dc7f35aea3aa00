import { FailedError, UsageError } from '../../errors.ts';
import { withLock } from '../../transaction/lock.ts';
import { history } from '../../transaction/recover.ts';
import type { UndoResult } from '../../transaction/types.ts';
import { undo as undoRun } from '../../transaction/undo.ts';
import { didYouMean } from '../../words/suggest.ts';
import type { Globals } from '../globals.ts';
import { headOf } from '../head.ts';
import type { Io } from '../io.ts';
import { recoverFirst } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import type { Signals } from '../signals.ts';
import { openState, type Target } from '../target.ts';

/** `aims-fix undo [run]`: the bytes before a run, where the files still are what the run wrote. */
export async function undo(
  io: Io,
  globals: Globals,
  run: string | undefined,
  signals: Signals,
): Promise<Outcome> {
  const target = openState(io, globals);
  const recovery = recoverFirst(io, target.root);
  if (recovery.recovered === 'rolled-back' && (run === undefined || run === recovery.run))
    return undone(target, recovery.run ?? '', recovery.files);
  const ids = history(target.root).map(({ id }) => id);
  if (run !== undefined && !ids.includes(run))
    throw new UsageError(`no run ${run}`, ids.length > 0 ? didYouMean(run, ids) : 'See: aims-fix history');
  return withLock(target.root, 'undo', async () => {
    if (await signals.look()) throw new FailedError('interrupted; nothing was restored');
    // One turn: no signal can stop it half way, and one that comes meanwhile comes too late.
    signals.tooLate();
    const result = undoRun(target.root, run);
    return undone(target, result.run.id, result.restored, result.conflicts);
  });
}

/** A run that was cut short is the last one: that it is taken back is what was asked for. */
function undone(
  target: Target,
  run: string,
  restored: readonly string[],
  conflicts: UndoResult['conflicts'] = [],
): Outcome {
  return {
    document: { ...headOf(target), command: 'undo', run, restored, conflicts },
    exitCode: conflicts.length > 0 ? 4 : 0,
  };
}
