import type { Dependency, Fix, FixStep, Gap, ManualStep } from '../contract.ts';
import { EditError, RefusedError, SourceError } from '../errors.ts';
import type { RawRepo } from '../repo/repo.ts';
import { auditGap, blocked, broken, type Detected, readGap } from './audit.ts';
import type { GapAudit, GapPlan, GapVerification } from './results.ts';
import { Stage } from './stage.ts';
import { verifyGap } from './verify.ts';
import { diffBetween } from './view-diff.ts';
import { isOpenFinding } from './waivers.ts';
import { type Wanted, wantedOf } from './wanted.ts';

/** Adds packages on top of a view of the target: the new bytes per path, or why not. */
export type AddDependencies = (
  repo: RawRepo,
  dependencies: readonly Dependency[],
) => Promise<{ readonly files: ReadonlyMap<string, Uint8Array> } | { readonly refused: string }>;

export interface PlanRequest {
  /** In execution order. */
  readonly gaps: readonly Gap[];
  /** Every gap that one of them requires, to ask whether it is closed. */
  readonly required: readonly Gap[];
  /** The parsed options of a gap. */
  readonly optionsOf: (gap: Gap) => Readonly<Record<string, unknown>>;
  readonly addDependencies: AddDependencies;
  /** The audit with what a person accepts for now: a gap of which nothing else is left is not edited. */
  readonly waive: (audit: GapAudit) => GapAudit;
  /** Asked between gaps; true stops planning. */
  readonly interrupted?: () => boolean | Promise<boolean>;
}

export interface PlannedRun {
  readonly plans: readonly GapPlan[];
  readonly stage: Stage;
}

/**
 * Plans gap after gap, each on top of the ones before it, in memory. A gap that cannot be planned is blocked with
 * the reason, and so is one that breaks the contract: its edits do not close it, or reopen an earlier one. The others
 * go on.
 */
export async function planGaps(base: RawRepo, request: PlanRequest): Promise<PlannedRun> {
  let stage = new Stage(base);
  const plans: GapPlan[] = [];
  const closed: Gap[] = [];
  for (const gap of request.gaps) {
    if (await request.interrupted?.())
      throw new RefusedError('interrupted while planning; nothing was written');
    const statusIn = (other: Gap, at: Stage) => request.waive(auditGap(other, at.repo).audit).status;
    const planned = await planGap(gap, stage, request);
    const reopened = closed.find((other) => statusIn(other, planned.stage) === 'open');
    const step = reopened ? { plan: reopening(gap, reopened), stage } : planned;
    stage = step.stage;
    plans.push(step.plan);
    if (statusIn(gap, stage) === 'closed') closed.push(gap);
  }
  return { plans: plans.map((plan) => withoutSettled(plan, request.gaps, stage.repo)), stage };
}

/** Nobody is told to do what a later gap has done. */
function withoutSettled(plan: GapPlan, gaps: readonly Gap[], repo: RawRepo): GapPlan {
  const gap = gaps.find(({ meta }) => meta.id === plan.id);
  const steps: readonly FixStep[] = plan.manual;
  const isSettled = (about: string) => {
    const subject = gap && readGap(gap, repo);
    return subject?.kind === 'subject' && subject.isSettled(about);
  };
  const manual = steps
    .filter(({ about }) => about === undefined || !isSettled(about))
    .map(({ title, why, seenBy }) => ({ title, why, seenBy }));
  return { ...plan, manual };
}

interface Step {
  readonly plan: GapPlan;
  /** The stage after it: the one before where nothing was planned. */
  readonly stage: Stage;
}

async function planGap(gap: Gap, before: Stage, request: PlanRequest): Promise<Step> {
  const nothing = (audit: GapAudit): Step => ({ plan: unchanged(audit), stage: before });
  const options = request.optionsOf(gap);
  const detected = auditGap(gap, before.repo);
  const accepted = request.waive(detected.audit);
  if (accepted.status !== detected.audit.status) return nothing(accepted);
  const { subject } = detected;
  if (!subject || !needsWork(detected, options)) return nothing(accepted);
  const missing = subject.needsRequired() ? openRequirements(gap, request.required, before.repo) : [];
  if (missing.length > 0) {
    return nothing(blocked(gap, `needs ${missing.join(', ')} closed first; add --with-requirements`));
  }
  try {
    const wanted = wantedOf(gap, detected, accepted);
    const fix = subject.apply(wanted.findings, options);
    const stage = await stageFix(gap, fix, before, request.addDependencies);
    if (typeof stage === 'string') return nothing(blocked(gap, stage));
    const verified = await verifyGap(gap, stage.repo);
    const left = { ...request.waive(verified), checks: verified.checks };
    const views = { before: before.repo, after: stage.repo, paths: stage.paths };
    return { plan: planned({ audit: accepted, fix, wanted, left, ...views }), stage };
  } catch (error) {
    if (error instanceof SourceError || error instanceof RefusedError)
      return nothing(blocked(gap, error.message));
    // Our own mistake ends this gap; nothing of it reaches the stage.
    return nothing(broken(gap, error));
  }
}

/** Edits that would undo what an earlier gap closed are not staged. */
function reopening(gap: Gap, other: Gap): GapPlan {
  const error = new EditError(`its edits would open ${other.meta.id} again`);
  return unchanged(broken(gap, error));
}

/** Notes alone are work only where an option says so; apply decides, detect has told it where. */
function needsWork({ audit, findings }: Detected, options: Readonly<Record<string, unknown>>): boolean {
  if (audit.status === 'open') return true;
  return audit.status === 'closed' && findings.length > 0 && Object.keys(options).length > 0;
}

function openRequirements(gap: Gap, required: readonly Gap[], repo: RawRepo): readonly string[] {
  return required
    .filter(({ meta }) => gap.meta.requires.includes(meta.id))
    .filter((other) => !['closed', 'not-applicable'].includes(auditGap(other, repo).audit.status))
    .map(({ meta }) => meta.id);
}

function unchanged(audit: GapAudit): GapPlan {
  return { ...audit, edits: [], dependencies: [], diff: '' };
}

/** The stage with the edits and then the packages on top of it, or why the packages cannot be added. */
async function stageFix(gap: Gap, fix: Fix, base: Stage, add: AddDependencies): Promise<Stage | string> {
  const stage = base.fork();
  stage.add(gap.meta, fix.edits);
  const dependencies = fix.dependencies ?? [];
  if (dependencies.length === 0) return stage;
  const added = await add(stage.repo, dependencies);
  if ('refused' in added) return added.refused;
  stage.put(added.files);
  return stage;
}

interface Outcome {
  readonly audit: GapAudit;
  readonly fix: Fix;
  readonly wanted: Wanted;
  readonly before: RawRepo;
  readonly after: RawRepo;
  /** What detect and the static checks say after the edits. */
  readonly left: GapVerification;
  readonly paths: Iterable<string>;
}

function planned({ audit, fix, wanted, before, after, left, paths }: Outcome): GapPlan {
  const manual: readonly ManualStep[] = [
    ...(fix.manual ?? []),
    ...wanted.held,
    ...left.manual.filter((step) => !hasStep(fix, step)),
  ];
  if (left.status === 'open' && manual.length === 0) {
    const what = left.findings.find(isOpenFinding)?.message ?? '';
    throw new EditError(`${audit.id} would still be open after its own edits: ${what}`);
  }
  const failed = left.checks.find(({ result }) => result.verdict === 'fail');
  // What a person accepts is still there, and a check may well see it.
  if (failed && manual.length === 0 && !left.findings.some(({ waived }) => waived))
    throw new EditError(`the edits of ${audit.id} fail its own check: ${failed.title}`);
  return {
    ...audit,
    manual,
    edits: fix.edits,
    dependencies: fix.dependencies ?? [],
    ...(fix.alsoChanges ? { alsoChanges: fix.alsoChanges } : {}),
    diff: diffBetween(before, after, paths),
  };
}

function hasStep(fix: Fix, step: ManualStep): boolean {
  return (fix.manual ?? []).some(({ title }) => title === step.title);
}
