import type { Dependency, Edit, GapId, Level, ManualStep, Priority, Verdict } from '../contract.ts';

/** `blocked`: a file that the gap needs cannot be read or parsed, or a gap that it requires is open. */
export type Status = 'open' | 'closed' | 'not-applicable' | 'unknown' | 'blocked';

/** A finding as it is reported: message filled, offset turned into a place, and a name that survives edits. */
export interface ReportedFinding {
  readonly code: string;
  readonly message: string;
  readonly path: string;
  /** One-based; absent for a file that does not exist. */
  readonly line?: number;
  readonly column?: number;
  /** Stable across line moves: gap, code, path and data, not the position. */
  readonly fingerprint: string;
  /** Beyond what the runbook asks: shown, never counted. */
  readonly note: boolean;
  /** Accepted by a person for a time: shown, not counted. */
  readonly waived?: WaivedBy;
}

/** Who accepted a finding, why, and until which day (YYYY-MM-DD, inclusive, UTC). */
export interface WaivedBy {
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

/** What is known of a gap without running it. */
export interface GapFacts {
  readonly id: GapId;
  readonly title: string;
  readonly priority: Priority;
  readonly category: string;
  readonly effort: string;
  readonly fix: 'automatic' | 'manual';
  readonly requires: readonly GapId[];
}

export interface GapAudit extends GapFacts {
  readonly status: Status;
  /** Why it is unknown, blocked or not applicable; for a closed gap, what closed it where that is known. */
  readonly reason?: string;
  readonly findings: readonly ReportedFinding[];
  /** Steps that a person has to take. */
  readonly manual: readonly ManualStep[];
  /** The stack of a failure of our own: aims-fix broke on this gap, and the others were judged. */
  readonly failure?: string;
}

/** What a gap would do to the target. */
export interface GapPlan extends GapAudit {
  readonly edits: readonly Edit[];
  readonly dependencies: readonly Dependency[];
  /** The unified diff of this gap alone, on top of the gaps before it; `git apply` accepts it. */
  readonly diff: string;
}

export interface CheckResult {
  readonly title: string;
  readonly level: Level;
  readonly result: Verdict;
  readonly milliseconds: number;
}

export interface GapVerification extends GapAudit {
  readonly checks: readonly CheckResult[];
}
