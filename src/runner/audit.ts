import type { Detection, Finding, Gap, ManualStep } from '../contract.ts';
import { AimsFixError, SourceError } from '../errors.ts';
import type { Repo } from '../repo/repo.ts';
import { collectUnread } from '../repo/unread.ts';
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
    const { value: detection, unread } = collectUnread(() => gap.detect(repo));
    const findings = detection.kind === 'findings' ? detection.findings : [];
    const audit = auditOf(gap, repo, detection);
    const missing =
      audit.status === 'closed' || audit.status === 'not-applicable'
        ? whatIsMissing(repo, unread)
        : undefined;
    return missing === undefined
      ? { audit, findings }
      : { audit: { ...audit, status: 'unknown', reason: missing }, findings };
  } catch (error) {
    if (error instanceof SourceError) return { audit: blocked(gap, error.message), findings: [] };
    if (error instanceof AimsFixError) throw error;
    return { audit: broken(gap, error), findings: [] };
  }
}

/** Files in which the answer to a gap may stand: code, settings, scripts and documents of the product. */
const TELLING =
  /\.(?:[cm]?[jt]sx?|json|ya?ml|toml|sh|bash|mdx?|html?|conf|sql|prisma|tf|py|go|rb|php|java|cs|rs)$|(^|\/)(Dockerfile|Makefile|Procfile|crontab)[^/]*$/;
const ASIDE = /(^|\/)(tests?|__tests__|__mocks__|fixtures?|testdata|e2e|examples?|data|public|assets)\//;

/** Why "nothing is there" cannot be said: something that may hold it could not be read. */
function whatIsMissing(repo: Repo, unread: readonly string[]): string | undefined {
  const [folder] = repo.closedFolders;
  if (folder !== undefined)
    return `the folder ${folder} may not be read; let this user read it, or run as one who may`;
  const [file] = unread.filter((path) => TELLING.test(path) && !ASIDE.test(path)).sort();
  return file === undefined
    ? undefined
    : `${file} is no UTF-8 text, too large or not readable, and the answer may stand in it; save it as UTF-8 or remove it`;
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
