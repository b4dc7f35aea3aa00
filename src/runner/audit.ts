import type { Detection, Finding, Gap, ManualStep } from '../contract.ts';
import { AimsFixError, SourceError } from '../errors.ts';
import type { Repo } from '../repo/repo.ts';
import { reportFindings } from './findings.ts';
import type { GapAudit, GapFacts } from './results.ts';

/** A detection kept beside its report, so that apply gets the findings that were shown. */
export interface Detected {
  readonly audit: GapAudit;
  /** Empty unless findings were made. */
  readonly findings: readonly Finding[];
}

/** Runs one gap's detect. A file that cannot be read or parsed blocks this gap and no other. */
export function auditGap(gap: Gap, repo: Repo): Detected {
  try {
    const detection = gap.detect(repo);
    const findings = detection.kind === 'findings' ? detection.findings : [];
    return { audit: auditOf(gap, repo, detection), findings };
  } catch (error) {
    if (error instanceof SourceError) return { audit: blocked(gap, error.message), findings: [] };
    if (error instanceof AimsFixError) throw error;
    return { audit: broken(gap, error), findings: [] };
  }
}

/** The audit of a gap on which aims-fix itself failed: one input that we did not think of ends one gap, not all. */
export function broken(gap: Gap, error: unknown): GapAudit {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { ...blocked(gap, `aims-fix failed on this gap: ${message}`), failure: stack ?? message };
}

/** The audit of a gap that cannot be judged now. */
export function blocked(gap: Gap, reason: string): GapAudit {
  return { ...factsOf(gap), status: 'blocked', reason, findings: [], manual: [] };
}

function auditOf(gap: Gap, repo: Repo, detection: Detection): GapAudit {
  if (detection.kind !== 'findings') {
    const manual = detection.kind === 'unknown' ? (detection.manual ?? []) : [];
    return { ...factsOf(gap), status: detection.kind, reason: detection.reason, findings: [], manual };
  }
  const findings = reportFindings(gap.meta, repo, detection.findings);
  const open = findings.some(({ note }) => !note);
  return {
    ...factsOf(gap),
    status: open ? 'open' : 'closed',
    ...(detection.reason === undefined ? {} : { reason: detection.reason }),
    findings,
    manual: [...(detection.manual ?? []), ...(open ? stepsOf(gap, repo, detection.findings) : [])],
  };
}

/** The steps of a gap that only a person can close: that is all its apply returns, so asking is cheap. */
function stepsOf(gap: Gap, repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  return gap.meta.fix === 'manual' ? (gap.apply(repo, findings, {}).manual ?? []) : [];
}

/** What a gap is, for every report. */
export function factsOf({ meta }: Gap): GapFacts {
  const { id, title, priority, category, effort, fix, requires } = meta;
  return { id, title, priority, category, effort, fix, requires };
}
