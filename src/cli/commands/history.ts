import type { GapId } from '../../contract.ts';
import type { RunFacts } from '../../report/document.ts';
import { overdue, history as runsOf } from '../../transaction/recover.ts';
import type { Globals } from '../globals.ts';
import { headOf } from '../head.ts';
import type { Io } from '../io.ts';
import { note } from '../note.ts';
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
  const old = overdue(target.root, io.now().toISOString());
  if (old > 0) note(io, `${old} runs are older than 30 days and go with the next apply; the newest 50 stay`);
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
