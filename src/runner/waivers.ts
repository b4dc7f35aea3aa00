import type { GapId } from '../contract.ts';
import type { GapAudit, ReportedFinding, WaivedBy } from './results.ts';

/** A finding, or every finding of a gap, that a person accepts until a day. */
export interface Waiver extends WaivedBy {
  readonly gap: GapId;
  /** Of one finding; without it the waiver covers all findings of the gap. */
  readonly fingerprint?: string;
}

/** A waiver that no longer does what it was written for. It fails the run, or it would stay for ever. */
export interface WaiverProblem {
  readonly gap: GapId;
  readonly fingerprint?: string;
  readonly kind: 'expired' | 'unused';
  readonly message: string;
}

/**
 * Marks the findings that are waived on a day (YYYY-MM-DD, UTC); a gap with nothing else is closed and says so.
 * A waiver holds through its last day. Waivers of gaps that are not among these are not judged.
 */
export function applyWaivers<G extends GapAudit>(
  gaps: readonly G[],
  waivers: readonly Waiver[],
  today: string,
): { readonly gaps: readonly G[]; readonly problems: readonly WaiverProblem[] } {
  const valid = waivers.filter((waiver) => !isExpired(waiver, today));
  const problems = waivers.flatMap((waiver) => {
    const gap = gaps.find(({ id }) => id === waiver.gap);
    return gap ? problemsOf(waiver, gap, today) : [];
  });
  return {
    gaps: gaps.map((gap) =>
      waiveGap(
        gap,
        valid.filter((waiver) => waiver.gap === gap.id),
      ),
    ),
    problems,
  };
}

/** ISO dates compare as text. */
function isExpired({ expires }: Waiver, today: string): boolean {
  return expires < today;
}

function waiveGap<G extends GapAudit>(gap: G, waivers: readonly Waiver[]): G {
  if (waivers.length === 0) return gap;
  const findings = gap.findings.map((finding) => waiveFinding(finding, waivers));
  if (gap.status !== 'open' || findings.some(isOpenFinding)) return { ...gap, findings };
  return { ...gap, status: 'closed', reason: 'every finding is waived', findings };
}

/** Whether the finding makes its gap open. */
export function isOpenFinding({ note, waived }: ReportedFinding): boolean {
  return !note && !waived;
}

function waiveFinding(finding: ReportedFinding, waivers: readonly Waiver[]): ReportedFinding {
  const waiver = waivers.find((candidate) => covers(candidate, finding));
  if (!waiver) return finding;
  const { reason, owner, expires } = waiver;
  return { ...finding, waived: { reason, owner, expires } };
}

/** Notes are not counted anyway; only a waiver that names one covers it. */
function covers({ fingerprint }: Waiver, finding: ReportedFinding): boolean {
  return fingerprint === undefined ? !finding.note : fingerprint === finding.fingerprint;
}

function problemsOf(waiver: Waiver, gap: GapAudit, today: string): readonly WaiverProblem[] {
  const { gap: id, fingerprint, owner, expires } = waiver;
  const name = fingerprint === undefined ? id : `${id} ${fingerprint}`;
  const problem = { gap: id, ...(fingerprint === undefined ? {} : { fingerprint }) };
  if (isExpired(waiver, today)) {
    const message = `the waiver of ${name} by ${owner} expired on ${expires}: close the gap or renew it`;
    return [{ ...problem, kind: 'expired', message }];
  }
  const undecided = gap.status === 'unknown' || gap.status === 'blocked';
  if (undecided || gap.findings.some((finding) => covers(waiver, finding))) return [];
  return [{ ...problem, kind: 'unused', message: `the waiver of ${name} matches no finding: remove it` }];
}
