import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { registry } from '../../../gaps/registry.ts';
import { RefusedError, UsageError } from '../../errors.ts';
import { loadGaps } from '../../registry.ts';
import { createRepo } from '../../repo/repo.ts';
import { diskSource } from '../../repo/source.ts';
import { plannedGap } from '../../report/build.ts';
import type { AppliedGap, ApplyDocument } from '../../report/document.ts';
import { requireCommitted, requireUnmoved } from '../../runner/apply.ts';
import { auditGap } from '../../runner/audit.ts';
import { openGit } from '../../runner/git.ts';
import { loadPlan, shownPlans } from '../../runner/saved-plan.ts';
import type { Change } from '../../transaction/types.ts';
import { visible } from '../../words/visible.ts';
import type { Globals } from '../globals.ts';
import { headOf, toolVersion } from '../head.ts';
import type { ApplyFlags, Intent } from '../intent.ts';
import type { Io } from '../io.ts';
import { note } from '../note.ts';
import { recoverFirst, requireWholeTree } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { planTarget } from '../planning.ts';
import { findRoot } from '../root.ts';
import type { Signals } from '../signals.ts';
import { isEverything, openTarget, requireOneApp, requireOptionsOfChosen, type Target } from '../target.ts';
import { waiving } from '../waiving.ts';
import { writeEach, writeTogether } from '../writing.ts';

/**
 * `aims-fix apply`: plan, show, ask on a terminal, write in one transaction, detect again.
 * @throws UsageError without a terminal and without --yes; RefusedError on uncommitted changes or a stale plan.
 */
export async function apply(
  io: Io,
  globals: Globals,
  flags: ApplyFlags,
  file: string | undefined,
  signals: Signals,
): Promise<Outcome> {
  putInOrder(io, globals, flags);
  const target = await openTarget(io, globals);
  requireOneApp(target);
  if (flags.commit && !openGit(target.root))
    throw new UsageError(
      '--commit needs a git repository, and none holds this folder',
      'Leave it out: aims-fix undo takes a run back without git too.',
    );
  const intent =
    file === undefined ? await planned(io, target, flags, signals) : await saved(io, target, file, flags);
  if (intent.changes.length === 0 || flags.dryRun) return outcome(io, intent, flags, undefined);
  requireNothingLost(target.root, intent.changes, flags);
  if (!flags.yes && !(await isAgreed(io, intent, globals, signals)))
    throw new RefusedError('not confirmed; nothing was written');
  const written =
    flags.commit || flags.keepGoing
      ? await writeEach(io, intent, flags, signals)
      : await writeTogether(io, intent, signals);
  signals.tooLate();
  return outcome(io, intent, flags, written);
}

/** Before anything is read: a plan for half of an old run's files would be a plan for no tree that anybody had. */
function putInOrder(io: Io, globals: Globals, { dryRun }: ApplyFlags): void {
  const root = findRoot(io.cwd, globals.repo);
  if (dryRun) requireWholeTree(root);
  else recoverFirst(io, root);
}

function requireNothingLost(
  root: string,
  changes: readonly Change[],
  { allowDirty, commit }: ApplyFlags,
): void {
  if (!allowDirty)
    requireCommitted(root, changes, 'Commit or stash them, or pass --allow-dirty to write on top of them.');
  else if (commit)
    requireCommitted(
      root,
      changes,
      'A commit of the gap would take them along: commit or stash them, or leave --commit out.',
    );
}

async function planned(io: Io, target: Target, flags: ApplyFlags, signals: Signals): Promise<Intent> {
  requireOptionsOfChosen(flags);
  const run = await planTarget(io, target, flags, signals);
  const gaps = await loadGaps(
    registry.filter(({ summary }) => run.plans.some(({ id }) => id === summary.id)),
  );
  for (const { path, rule } of run.ignored)
    note(io, `git would ignore ${path} (${rule}); add it with git add -f`);
  return { target, gaps, plans: run.plans, changes: run.stage.changes(), all: isEverything(flags) };
}

async function saved(io: Io, target: Target, file: string, flags: ApplyFlags): Promise<Intent> {
  requireWhole(flags);
  const { plan, changes } = loadPlan(file, readPlanFile(io, file), toolVersion());
  requireUnmoved(target.repo, changes);
  const entries = registry.filter(({ summary }) => plan.gaps.some(({ id }) => id === summary.id));
  const gaps = await loadGaps(entries);
  const shown = shownPlans(
    plan,
    changes,
    target.repo,
    (id) => gaps.find(({ meta }) => meta.id === id)?.meta.writes,
  );
  const plans = gaps.map((gap) => ({
    ...auditGap(gap, target.repo).audit,
    edits: [],
    dependencies: [],
    diff: '',
    ...shown.find(({ id }) => id === gap.meta.id),
  }));
  return { target, gaps, plans, changes, all: false };
}

/** What narrows or changes a plan comes too late for one that was saved. */
function requireWhole(flags: ApplyFlags): void {
  const { gap, priority, all, option, withRequirements, commit, keepGoing } = flags;
  const given = Object.entries({
    '--gap': gap,
    '--priority': priority,
    '--all': all,
    '--option': option,
    '--with-requirements': withRequirements,
    '--commit': commit,
    '--keep-going': keepGoing,
  }).find(([, value]) => value !== undefined);
  if (given) throw new UsageError(`a saved plan is written as it is; ${given[0]} does not go with it`);
}

function readPlanFile(io: Io, file: string): string {
  const path = resolve(io.cwd, file);
  try {
    // A pipe would be waited for.
    if (statSync(path).isFile()) return readFileSync(path, 'utf8');
  } catch {
    // Said below.
  }
  throw new UsageError(`${file} cannot be read`, 'Make a plan with: aims-fix plan --out FILE');
}

async function isAgreed(io: Io, intent: Intent, globals: Globals, { signal }: Signals): Promise<boolean> {
  if (!io.interactive) {
    throw new UsageError(
      'apply asks before it writes, and here is no terminal to ask on',
      'Pass --yes, or look first with: aims-fix plan',
    );
  }
  const { renderText } = await import('../../report/text.ts');
  const { createPaint, wantsColour } = await import('../../report/colour.ts');
  const paint = await createPaint(
    wantsColour({ flag: globals.color ? undefined : false, env: io.env, isTerminal: io.stderr.isTTY }),
  );
  const view = {
    paint,
    columns: io.stdout.columns,
    quiet: false,
    full: globals.full ?? false,
    asks: true,
  } as const;
  const gaps = intent.plans.map(plannedGap);
  io.stderr.write(renderText({ ...headOf(intent.target), command: 'plan', all: intent.all, gaps }, view));
  return io.confirm(questionOf(intent.changes), signal);
}

const NAMED = 3;

/** Names what is about to be written: on a long plan the names have scrolled away. */
function questionOf(changes: readonly Change[]): string {
  const paths = changes.slice(0, NAMED).map(({ path }) => visible(path));
  const more = changes.length - paths.length;
  return `Write ${paths.join(', ')}${more > 0 ? ` and ${more} more` : ''}?`;
}

function outcome(io: Io, intent: Intent, flags: ApplyFlags, run: string | undefined): Outcome {
  const after = createRepo(diskSource(intent.target.root), intent.target.repoOptions);
  const waive = waiving(io, intent.target);
  const gaps: AppliedGap[] = intent.plans.map((plan) => {
    const gap = intent.gaps.find(({ meta }) => meta.id === plan.id);
    const status = gap && plan.status !== 'blocked' ? waive(auditGap(gap, after).audit).status : plan.status;
    return { ...plannedGap(plan), after: status };
  });
  const document: ApplyDocument = {
    ...headOf(intent.target),
    command: 'apply',
    all: intent.all,
    dryRun: flags.dryRun ?? false,
    ...(run === undefined ? {} : { run }),
    gaps,
  };
  const left = gaps.some((gap) => gap.status === 'blocked' || (!flags.dryRun && gap.after === 'open'));
  return { document, exitCode: left ? 1 : 0 };
}
