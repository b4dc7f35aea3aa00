import { FailedError } from '../../errors.ts';
import { forget, recover as recoverRun } from '../../transaction/recover.ts';
import type { Globals } from '../globals.ts';
import { headOf } from '../head.ts';
import type { Io } from '../io.ts';
import { note } from '../note.ts';
import type { Outcome } from '../outcome.ts';
import type { Signals } from '../signals.ts';
import { openState } from '../target.ts';

const OUTCOMES = {
  nothing: 'nothing-to-do',
  'rolled-back': 'rolled-back',
  'undo-rolled-back': 'undo-rolled-back',
} as const;

export interface RecoverFlags {
  /** Moves what cannot be recovered out of the way, as it is. */
  readonly forget?: boolean;
}

/** `aims-fix recover`: takes back what a killed run left half done, so that the tree is the old one. */
export async function recover(
  io: Io,
  globals: Globals,
  flags: RecoverFlags,
  signals: Signals,
): Promise<Outcome> {
  const target = openState(io, globals);
  if (await signals.look()) throw new FailedError('interrupted; nothing was recovered');
  signals.tooLate();
  if (flags.forget)
    for (const kept of forget(target.root)) note(io, `moved to ${kept}; nothing was put back`);
  const { recovered, run, files, conflicts } = recoverRun(target.root);
  return {
    document: {
      ...headOf(target),
      command: 'recover',
      outcome: OUTCOMES[recovered],
      ...(run === undefined ? {} : { run }),
      files,
      conflicts,
    },
    exitCode: conflicts.length > 0 ? 5 : 0,
  };
}
