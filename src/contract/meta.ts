/** `GAP-NNN`. */
export type GapId = `GAP-${string}`;
/** P0 is critical: fix before production. */
export type Priority = 'P0' | 'P1' | 'P2' | 'P3';

/**
 * What a finding code says, with `{{placeholders}}` filled from the finding's data.
 * A `note` goes beyond what the runbook asks: shown, never counted as open.
 */
export type Message = string | { readonly text: string; readonly kind: 'note' };

export interface GapMeta<Code extends string = string> {
  readonly id: GapId;
  /** Kebab case; lower-case id + slug is the folder's name. */
  readonly slug: string;
  /** Imperative, no final period; as in the register. */
  readonly title: string;
  /** One sentence that ends with a period. */
  readonly problem: string;
  /** What detect looks for, one sentence that ends with a period. */
  readonly looksFor: string;
  /** As in the register. */
  readonly category: string;
  readonly priority: Priority;
  /** As in the runbook: '5 min', '1 hr'. */
  readonly effort: string;
  /** `automatic`: apply edits files. `manual`: apply returns exact steps for a person. */
  readonly fix: 'automatic' | 'manual';
  /** Gaps that must be closed first. */
  readonly requires: readonly GapId[];
  /** Globs that the edits may touch; anything else is refused. */
  readonly writes: readonly string[];
  readonly messages: Readonly<Record<Code, Message>>;
  /** Sources of the rules: runbook lines, RFCs, vendor documents. */
  readonly references: readonly string[];
}
