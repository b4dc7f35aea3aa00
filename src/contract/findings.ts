/** One thing to do, at one place. */
export interface Finding<Code extends string = string> {
  readonly code: Code;
  /** Relative to the root, with slashes. For a missing file: where it should be. */
  readonly path: string;
  /** Offset into `repo.text(path)`; the reporter turns it into line and column. */
  readonly at?: number;
  /** Fills the message's placeholders; part of the finding's fingerprint. */
  readonly data?: Readonly<Record<string, string>>;
}

/** A step that no code can take. */
export interface ManualStep {
  /** What to do, imperative and exact. */
  readonly title: string;
  /** Why a person has to. */
  readonly why: string;
  /** How `verify` will see that it was done, or why it cannot. */
  readonly seenBy: string;
}

/** What detect found. No findings means closed; notes are findings whose message is a note. */
export interface Findings<Code extends string = string> {
  readonly findings: readonly Finding<Code>[];
  /** Steps that a person has to take whatever apply does. */
  readonly manual?: readonly ManualStep[];
  /** What closed the gap, where that is known. */
  readonly reason?: string;
}

/** The gap's subject is not in this repository. */
export interface NotApplicable {
  readonly kind: 'not-applicable';
  readonly reason: string;
}

/** Reading cannot decide. The answer of last resort. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly manual?: readonly ManualStep[];
}

export type Detection<Code extends string = string> = Findings<Code> | NotApplicable | Unknown;

/** No findings: closed. */
export const CLOSED: Findings<never> = { findings: [] };

/** The gap's subject is not in this repository. */
export function notApplicable(reason: string): NotApplicable {
  return { kind: 'not-applicable', reason };
}

/** Reading cannot decide. The answer of last resort. */
export function unknown(reason: string, manual: readonly ManualStep[] = []): Unknown {
  return { kind: 'unknown', reason, manual };
}
