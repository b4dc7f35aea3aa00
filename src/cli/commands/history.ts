import type { GapId } from '../../contract.ts';
import type { RunFacts } from '../../report/document.ts';
import { history as runsOf } from '../../transaction/recover.ts';
import type { Globals } from '../globals.ts';
import { headOf } from '../head.ts';
import type { Io } from '../io.ts';
import { tellOfOpenRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { openState } from '../target.ts';

function isGapId(id: string): id is GapId {
  return id.startsWith('GAP-');
}

/** `aims-fix history`: the runs that wrote, newest first. */
export async function history(io: Io, globals: Globals): Promise<Outcome> {
  const target = openState(io, globals);
  tellOfOpenRun(io, target.root);
  const runs = runsOf(target.root).map(
    ({ id, startedAt, state, gaps, files }): RunFacts => ({
      id,
      startedAt,
      state: state === 'committed' ? 'applied' : 'undone',
      gaps: gaps.filter(isGapId),
      files: files.map(({ path }) => path),
    }),
  );
  return { document: { ...headOf(target), command: 'history', runs }, exitCode: 0 };
}
