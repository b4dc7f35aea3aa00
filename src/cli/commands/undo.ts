import { FailedError, UsageError } from '../../errors.ts';
import { withLock } from '../../transaction/lock.ts';
import { history, recover } from '../../transaction/recover.ts';
import { undo as undoRun } from '../../transaction/undo.ts';
import type { Globals } from '../globals.ts';
import { headOf } from '../head.ts';
import type { Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';
import type { Signals } from '../signals.ts';
import { didYouMean } from '../suggest.ts';
import { openState } from '../target.ts';

/** `aims-fix undo [run]`: the bytes before a run, where the files still are what the run wrote. */
export async function undo(
  io: Io,
  globals: Globals,
  run: string | undefined,
  signals: Signals,
): Promise<Outcome> {
  const target = openState(io, globals);
  const ids = history(target.root).map(({ id }) => id);
  if (run !== undefined && !ids.includes(run))
    throw new UsageError(`no run ${run}`, ids.length > 0 ? didYouMean(run, ids) : 'See: aims-fix history');
  return withLock(target.root, 'undo', async () => {
    recover(target.root);
    if (await signals.look()) throw new FailedError('interrupted; nothing was restored');
    // One turn: no signal can stop it half way, and one that comes meanwhile comes too late.
    signals.tooLate();
    const result = undoRun(target.root, run);
    return {
      document: {
        ...headOf(target),
        command: 'undo',
        run: result.run.id,
        restored: result.restored,
        conflicts: result.conflicts,
      },
      exitCode: result.conflicts.length > 0 ? 4 : 0,
    };
  });
}
