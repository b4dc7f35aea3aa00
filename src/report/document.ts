import type { Dependency, Level } from '../contract.ts';
import type { CheckResult, GapAudit, GapFacts, GapVerification, Status } from '../runner/results.ts';
import type { WaiverProblem } from '../runner/waivers.ts';
import type { DocumentHead, HeadWithoutRepo, Selection } from './document-head.ts';

export interface AuditDocument extends DocumentHead, Selection {
  readonly command: 'audit';
  /** In execution order. */
  readonly gaps: readonly GapAudit[];
  /** Where the target's own runbook or register says something else than the tool. */
  readonly differences: readonly string[];
  readonly waiverProblems: readonly WaiverProblem[];
}

export interface ListDocument extends HeadWithoutRepo {
  readonly command: 'list';
  readonly gaps: readonly GapFacts[];
}

/** What a finding code says; placeholders stand as `{{name}}`. */
export interface ExplainedCode {
  readonly code: string;
  readonly message: string;
  readonly note: boolean;
}

/** An option of a gap, for `options` in the configuration. */
export interface ExplainedOption {
  readonly name: string;
  readonly description?: string;
  /** The JSON of the default value. */
  readonly default: string;
  /** What there is to choose from, where that is a list. */
  readonly choices?: readonly string[];
}

export interface GapExplanation extends GapFacts {
  readonly slug: string;
  readonly problem: string;
  readonly looksFor: string;
  /** Globs that a fix may touch. */
  readonly writes: readonly string[];
  readonly codes: readonly ExplainedCode[];
  readonly options: readonly ExplainedOption[];
  readonly references: readonly string[];
}

export interface ExplainDocument extends HeadWithoutRepo {
  readonly command: 'explain';
  readonly gap: GapExplanation;
}

/** A file of a plan. */
export interface PlannedFile {
  readonly path: string;
  readonly change: 'create' | 'change' | 'delete';
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

export interface PlannedGap extends GapAudit {
  readonly files: readonly PlannedFile[];
  readonly dependencies: readonly Dependency[];
  /** What the change does besides, which a reader of the gap's title would not expect. */
  readonly alsoChanges?: readonly string[];
  /** The unified diff of this gap alone, on top of the gaps before it. */
  readonly diff: string;
}

export interface PlanDocument extends DocumentHead, Selection {
  readonly command: 'plan';
  readonly gaps: readonly PlannedGap[];
}

export interface AppliedGap extends PlannedGap {
  /** What detect says after the write. */
  readonly after: Status;
}

export interface ApplyDocument extends DocumentHead, Selection {
  readonly command: 'apply';
  /** Nothing was written. */
  readonly dryRun: boolean;
  /** The id for `undo`; absent when there was nothing to write. */
  readonly run?: string;
  readonly gaps: readonly AppliedGap[];
}

/** How an app installed, type-checked, built and tested. */
export interface AppBuild {
  /** Its folder; '' is the root. */
  readonly app: string;
  readonly checks: readonly CheckResult[];
}

export interface VerifyDocument extends DocumentHead, Selection {
  readonly command: 'verify';
  /** The deepest level that was asked for. */
  readonly level: Level;
  /** At level build and live. */
  readonly apps: readonly AppBuild[];
  /** Folder of the evidence, at level build and live. */
  readonly evidence?: string;
  readonly gaps: readonly GapVerification[];
  readonly waiverProblems: readonly WaiverProblem[];
}

/** A file that was left alone, and why. */
export interface KeptFile {
  readonly path: string;
  readonly reason: string;
}

export interface UndoDocument extends DocumentHead {
  readonly command: 'undo';
  readonly run: string;
  /** The files that are what they were before the run. */
  readonly restored: readonly string[];
  /** The files that someone changed since. */
  readonly conflicts: readonly KeptFile[];
}

/** A run that wrote. */
export interface RunFacts {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly state: 'applied' | 'undone';
  /** Ids; a gap of an older version may be unknown by now. */
  readonly gaps: readonly string[];
  readonly files: readonly string[];
}

export interface HistoryDocument extends DocumentHead {
  readonly command: 'history';
  /** The newest first. */
  readonly runs: readonly RunFacts[];
}

export interface RecoverDocument extends DocumentHead {
  readonly command: 'recover';
  /** `undo-rolled-back`: the undo of a run was cut short and taken back; the run stands. */
  readonly outcome: 'nothing-to-do' | 'rolled-back' | 'undo-rolled-back';
  readonly run?: string;
  /** The files that were put back. */
  readonly files: readonly string[];
  /** The files that a person has to look at. */
  readonly conflicts: readonly KeptFile[];
}

/** Something that a level of proof needs from the machine. */
export interface Requirement {
  readonly name: string;
  readonly found: boolean;
  readonly version?: string;
  /** What it is needed for. */
  readonly needed: string;
  /** How to get it. */
  readonly remedy?: string;
}

export interface DoctorDocument extends HeadWithoutRepo {
  readonly command: 'doctor';
  readonly requirements: readonly Requirement[];
}

/** What is printed when a command fails: with `--json` still exactly one document. */
export interface ErrorDocument extends HeadWithoutRepo {
  readonly command: 'error';
  readonly error: {
    /** The kind of failure: `UsageError`, `RefusedError`; `InternalError` is our bug. */
    readonly name: string;
    readonly message: string;
    /** What to do next. */
    readonly hint?: string;
    readonly exitCode: number;
  };
}

/** Everything that aims-fix reports, told apart by `command`. */
export type ReportDocument =
  | AuditDocument
  | ListDocument
  | ExplainDocument
  | PlanDocument
  | ApplyDocument
  | VerifyDocument
  | UndoDocument
  | HistoryDocument
  | RecoverDocument
  | DoctorDocument
  | ErrorDocument;
