import type { Finding, Gap, ManualStep, NotApplicable, Subject, Unknown } from '../contract.ts';
import { AimsFixError, SourceError } from '../errors.ts';
import { oncePer } from '../repo/once.ts';
import type { Repo } from '../repo/repo.ts';
import { collectUnread } from '../repo/unread.ts';
import { reportFindings } from './findings.ts';
import { whatIsMissing } from './missing.ts';
import type { GapAudit, GapFacts } from './results.ts';

/** A detection kept beside its report, so that apply gets the findings that were shown. */
export interface Detected {
  readonly audit: GapAudit;
  /** What was read; absent where the gap does not apply, or could not be read. */
  readonly subject?: Subject;
  /** Empty unless findings were made. */
  readonly findings: readonly Finding[];
}

/** Reads a repository for a gap, once, however many verbs and commands ask. */
export function readGap(gap: Gap, repo: Repo): Subject | NotApplicable | Unknown {
  return readings(repo)(gap);
}

const readings = oncePer((repo: Repo) => oncePer((gap: Gap) => gap.read(repo)));

/** Runs one gap's detect. A file that cannot be read or parsed blocks this gap and no other. */
export function auditGap(gap: Gap, repo: Repo): Detected {
  try {
    const { value: detected, unread } = collectUnread(() => detect(gap, repo));
    const { audit } = detected;
    const missing =
      audit.status === 'closed' || audit.status === 'not-applicable'
        ? whatIsMissing(repo, gap.meta, unread)
        : undefined;
    return missing === undefined
      ? detected
      : { ...detected, audit: { ...audit, status: 'unknown', reason: missing } };
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

function detect(gap: Gap, repo: Repo): Detected {
  const subject = readGap(gap, repo);
  if (subject.kind !== 'subject') return { audit: undecided(gap, subject), findings: [] };
  const detected = subject.detect();
  if ('kind' in detected) return { audit: undecided(gap, detected), subject, findings: [] };
  const { findings, manual = [], reason } = detected;
  const reported = reportFindings(gap.meta, repo, findings);
  const open = reported.some(({ note }) => !note);
  const audit: GapAudit = {
    ...factsOf(gap),
    status: open ? 'open' : 'closed',
    ...(reason === undefined ? {} : { reason }),
    findings: reported,
    manual: [...manual, ...(open ? stepsOf(gap, subject, findings) : [])],
  };
  return { audit, subject, findings };
}

function undecided(gap: Gap, answer: NotApplicable | Unknown): GapAudit {
  const manual = answer.kind === 'unknown' ? (answer.manual ?? []) : [];
  return { ...factsOf(gap), status: answer.kind, reason: answer.reason, findings: [], manual };
}

/** The steps of a gap that only a person can close: that is all its apply returns, so asking is cheap. */
function stepsOf(gap: Gap, subject: Subject, findings: readonly Finding[]): readonly ManualStep[] {
  return gap.meta.fix === 'manual' ? (subject.apply(findings, {}).manual ?? []) : [];
}

/** What a gap is, for every report. */
export function factsOf({ meta }: Gap): GapFacts {
  const { id, title, priority, category, effort, fix, requires } = meta;
  return { id, title, priority, category, effort, fix, requires };
}
