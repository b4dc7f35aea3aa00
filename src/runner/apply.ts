import type { Gap } from '../contract.ts';
import { FailedError, RefusedError } from '../errors.ts';
import { createRepo, type RawRepo, type RepoOptions } from '../repo/repo.ts';
import { diskSource } from '../repo/source.ts';
import { commit } from '../transaction/transaction.ts';
import type { Change, RunRecord } from '../transaction/types.ts';
import { auditGap } from './audit.ts';
import { openGit } from './git.ts';
import type { GapAudit, GapPlan } from './results.ts';
import { isOpenFinding } from './waivers.ts';

export interface WriteRequest {
  readonly root: string;
  readonly repoOptions: RepoOptions;
  readonly changes: readonly Change[];
  /** The gaps that the changes are said to close, as they were planned. */
  readonly plans: readonly Pick<GapPlan, 'id' | 'manual'>[];
  readonly gaps: readonly Gap[];
  /** The audit with what a person accepts for now. */
  readonly waive: (audit: GapAudit) => GapAudit;
  readonly runId: string;
  readonly command: string;
  readonly startedAt: string;
  readonly interrupted: () => boolean;
}

/**
 * Writes the changes in one transaction. Before it closes, every gap is detected again on the disk: one that is
 * not what the plan said rolls everything back.
 * @throws RefusedError when the target moved since the plan; FailedError when it was rolled back.
 */
export function writeChanges(request: WriteRequest): RunRecord {
  const { root, changes, runId: id, command, startedAt, interrupted } = request;
  const gaps = request.plans.map((plan) => plan.id);
  return commit(root, { id, gaps, command, startedAt }, changes, {
    interrupted,
    beforeClose: () => requireClosed(request, createRepo(diskSource(root), request.repoOptions)),
  });
}

function requireClosed({ plans, gaps, waive }: WriteRequest, repo: RawRepo): void {
  for (const { id, manual } of plans) {
    const gap = gaps.find(({ meta }) => meta.id === id);
    if (!gap || manual.length > 0) continue;
    const audit = waive(auditGap(gap, repo).audit);
    // Unknown: there is something that nobody could read, before the write and after it.
    if (audit.status === 'closed' || audit.status === 'unknown') continue;
    const what = audit.findings.find(isOpenFinding)?.message ?? audit.reason;
    throw new FailedError(`${id} is still ${audit.status} after the write: ${what}`);
  }
}

/**
 * Stops a run that would write over uncommitted work. A folder without git has the journal as its safety.
 * @throws RefusedError naming the files, with what to do.
 */
export function requireCommitted(root: string, changes: readonly Change[], hint: string): void {
  const dirty = openGit(root)?.dirty(changes.map(({ path }) => path)) ?? [];
  if (dirty.length === 0) return;
  const more = dirty.length > 3 ? ` and ${dirty.length - 3} more` : '';
  throw new RefusedError(
    `uncommitted changes in ${dirty.slice(0, 3).join(', ')}${more}; nothing was written`,
    hint,
  );
}

/**
 * A saved plan is written as it is or not at all.
 * @throws RefusedError when a file is no longer what the plan was made against.
 */
export function requireUnmoved(repo: RawRepo, changes: readonly Change[]): void {
  const moved = changes.find((change) =>
    change.kind === 'create'
      ? repo.occupied(change.path)
      : !repo.exists(change.path) || repo.hash(change.path) !== change.before,
  );
  if (moved)
    throw new RefusedError(`the plan is stale: ${moved.path} has changed since`, 'Make the plan again.');
}
