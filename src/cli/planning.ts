import { loadGaps } from '../registry.ts';
import { resolveDependencies } from '../runner/dependencies.ts';
import { openGit } from '../runner/git.ts';
import { type PlannedRun, planGaps } from '../runner/plan.ts';
import type { OptionFlags, Selection } from './globals.ts';
import type { Io } from './io.ts';
import type { Signals } from './signals.ts';
import { loadSelected, selectEntries, type Target } from './target.ts';
import { waiving } from './waiving.ts';

/** A plan, and the new files in it that an ignore rule of the target would hide from git. */
export interface TargetPlan extends PlannedRun {
  readonly ignored: readonly { readonly path: string; readonly rule: string }[];
}

/** Plans the selected gaps on the target, in memory. */
export async function planTarget(
  io: Io,
  target: Target,
  flags: Selection & OptionFlags,
  signals?: Signals,
): Promise<TargetPlan> {
  const { gaps, optionsOf } = await loadSelected(flags, target.config);
  const requiredIds = [...new Set(gaps.flatMap(({ meta }) => meta.requires))];
  const required = requiredIds.length > 0 ? await loadGaps(selectEntries({ gap: requiredIds })) : [];
  const run = await planGaps(target.repo, {
    gaps,
    required,
    optionsOf,
    waive: waiving(io, target),
    interrupted: async () => (await signals?.look()) ?? false,
    addDependencies: (repo, dependencies) => {
      if (io.stderr.isTTY) io.stderr.write('resolving packages…\n');
      return resolveDependencies(repo, dependencies, { interrupted: () => signals?.interrupted() ?? false });
    },
  });
  const created = run.stage.changes().flatMap((change) => (change.kind === 'create' ? [change.path] : []));
  return { ...run, ignored: openGit(target.root)?.ignored(created) ?? [] };
}
