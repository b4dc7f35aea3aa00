import { recover as recoverRun } from '../../transaction/recover.ts';
import type { Globals } from '../globals.ts';
import { headOf } from '../head.ts';
import type { Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';
import { openTarget } from '../target.ts';

/** `aims-fix recover`: takes back what a killed run left half done, so that the tree is the old one. */
export async function recover(io: Io, globals: Globals): Promise<Outcome> {
  const target = await openTarget(io, globals);
  const { recovered, run, conflicts } = recoverRun(target.root);
  return {
    document: {
      ...headOf(target),
      command: 'recover',
      outcome: recovered === 'nothing' ? 'nothing-to-do' : 'rolled-back',
      ...(run === undefined ? {} : { run }),
      files: conflicts.map(({ path }) => path),
    },
    exitCode: conflicts.length > 0 ? 5 : 0,
  };
}
