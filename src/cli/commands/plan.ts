import { plannedGap } from '../../report/build.ts';
import { requireWritable, writeOutput } from '../../report/output-file.ts';
import { savePlan } from '../../runner/saved-plan.ts';
import type { Globals, OptionFlags, Selection } from '../globals.ts';
import { headOf, toolVersion } from '../head.ts';
import type { Io } from '../io.ts';
import { note } from '../note.ts';
import { requireWholeTree } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { planTarget } from '../planning.ts';
import { isEverything, openTarget, requireOneApp, requireOptionsOfChosen } from '../target.ts';

export interface PlanFlags extends Selection, OptionFlags {
  /** Saves the plan, for `apply FILE`. */
  readonly out?: string;
}

/** `aims-fix plan`: the diff per gap and the steps for a person. Writes nothing to the target. */
export async function plan(io: Io, globals: Globals, flags: PlanFlags): Promise<Outcome> {
  const out =
    flags.out === undefined
      ? undefined
      : ({ cwd: io.cwd, path: flags.out, what: 'the plan', flag: '--out' } as const);
  if (out) requireWritable(out);
  requireOptionsOfChosen(flags);
  const target = await openTarget(io, globals);
  requireOneApp(target);
  requireWholeTree(target.root);
  const { plans, stage, ignored } = await planTarget(io, target, flags);
  if (out) {
    const saved = savePlan(toolVersion(), plans, stage.changes());
    writeOutput(out, `${JSON.stringify(saved, null, 2)}\n`);
  }
  for (const { path, rule } of ignored)
    note(io, `git would ignore ${path} (${rule}); add it with git add -f`);
  return {
    document: { ...headOf(target), command: 'plan', all: isEverything(flags), gaps: plans.map(plannedGap) },
    exitCode: plans.some(({ status }) => status === 'blocked') ? 1 : 0,
  };
}
