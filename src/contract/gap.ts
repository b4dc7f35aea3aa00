import type { z } from 'zod';
import type { Repo } from '../repo/repo.ts';
import type { Check } from './checks.ts';
import type { Fix } from './edits.ts';
import type { Detection, Finding, NotApplicable, Unknown } from './findings.ts';
import type { GapMeta } from './meta.ts';

/** The option schema of a gap: a zod object in which every key has a default. */
export type OptionsSchema = z.ZodObject;

/**
 * A gap as its folder defines it: `read` reads the repository once, and the three verbs work on what it read.
 * @typeParam State what was read: the subject of the gap, with all that the verbs need
 */
export interface GapDefinition<Code extends string, Options extends OptionsSchema, State extends object> {
  readonly meta: GapMeta<Code>;
  /** Called only when options are needed, so that reading a repository does not load zod. */
  readonly options?: (zod: typeof z) => Options;
  /**
   * What is closed together with a finding or not at all: findings with the same key are one unit. A route and the
   * code that calls it are one; by default each finding stands for itself. A person who accepts one finding of a
   * unit keeps the whole unit as it is.
   */
  unitOf?(finding: Finding<NoInfer<Code>>): string;
  /** Pure: the same repository gives the same state. */
  read(repo: Repo): State | NotApplicable | Unknown;
  /** Pure: what is wrong with the state. */
  detect(state: NoInfer<State>): Detection<NoInfer<Code>>;
  /**
   * Pure: returns edits, never makes them. `wanted` are the findings that are to be closed, notes included, and it
   * closes these and no others: a finding that a person accepts is not among them, so nothing looks for more by itself.
   */
  apply(state: NoInfer<State>, wanted: readonly Finding<NoInfer<Code>>[], options: z.infer<Options>): Fix;
  /**
   * The checks that prove the gap closed, beyond "detect finds nothing", which the runner adds: what runs something, or
   * parses something that detect does not read.
   */
  verify(state: NoInfer<State>): readonly Check[];
  /**
   * Whether the fix is built on what the required gaps leave: false where only steps are left for a person, who need
   * not wait. By default it is.
   */
  needsRequired?(state: NoInfer<State>): boolean;
  /** Whether what a step is `about` is done in this state: asked once the whole run is planned. */
  isSettled?(state: NoInfer<State>, about: string): boolean;
}

/** What a gap read in one repository, with the verbs bound to it. */
export interface Subject<Code extends string = string, Options extends OptionsSchema = OptionsSchema> {
  readonly kind: 'subject';
  detect(): Detection<NoInfer<Code>>;
  apply(wanted: readonly Finding<NoInfer<Code>>[], options: z.infer<Options>): Fix;
  verify(): readonly Check[];
  needsRequired(): boolean;
  isSettled(about: string): boolean;
}

/** A gap as the runner knows it: what it is, and a subject per repository. */
export interface Gap<Code extends string = string, Options extends OptionsSchema = OptionsSchema> {
  readonly meta: GapMeta<Code>;
  readonly options?: (zod: typeof z) => Options;
  unitOf?(finding: Finding<NoInfer<Code>>): string;
  read(repo: Repo): Subject<Code, Options> | NotApplicable | Unknown;
}

/** Types a gap and keeps its state to itself: a finding code without a message does not compile. */
export function defineGap<
  const Code extends string,
  State extends object,
  Options extends OptionsSchema = OptionsSchema,
>(gap: GapDefinition<Code, Options, State>): Gap<Code, Options> {
  const { meta, options, unitOf } = gap;
  return {
    meta,
    ...(options ? { options } : {}),
    ...(unitOf ? { unitOf } : {}),
    read: (repo) => {
      const state = gap.read(repo);
      return isAnswer(state) ? state : subjectOf(gap, state);
    },
  };
}

function isAnswer(read: object): read is NotApplicable | Unknown {
  return 'kind' in read && (read.kind === 'not-applicable' || read.kind === 'unknown');
}

function subjectOf<Code extends string, State extends object, Options extends OptionsSchema>(
  gap: GapDefinition<Code, Options, State>,
  state: State,
): Subject<Code, Options> {
  return {
    kind: 'subject',
    detect: () => gap.detect(state),
    apply: (wanted, options) => gap.apply(state, wanted, options),
    verify: () => gap.verify(state),
    needsRequired: () => gap.needsRequired?.(state) ?? true,
    isSettled: (about) => gap.isSettled?.(state, about) ?? false,
  };
}
