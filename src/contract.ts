import type { z } from 'zod';
import type { Repo } from './repo/repo.ts';
import type { Probe, Scratch, Service, World } from './world.ts';

export type { ComposeFile, NextApp, Repo, SourceModule, Workspace } from './repo/repo.ts';

/** `GAP-003`. */
export type GapId = `GAP-${string}`;
/** P0 is critical: fix before production. */
export type Priority = 'P0' | 'P1' | 'P2' | 'P3';
/** How deep a check looks: reading, building, or booting the application. */
export type Level = 'static' | 'build' | 'live';

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

/** A step of a fix that a later gap of the same run may do. */
export interface FixStep extends ManualStep {
  /** What its gap's `isSettled` is asked about. */
  readonly about?: string;
}

/** What detect found. No findings means closed; notes are findings whose message is a note. */
export type Detection<Code extends string = string> =
  | {
      readonly kind: 'findings';
      readonly findings: readonly Finding<Code>[];
      readonly manual?: readonly ManualStep[];
      readonly reason?: string;
    }
  | { readonly kind: 'not-applicable'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string; readonly manual?: readonly ManualStep[] };

/** One replacement in `repo.text(path)`: `[start, end)` becomes `text`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * An edit is data; the runner writes. Texts use LF and carry no BOM: the stage gives each file back its own
 * line ends and BOM. `base` is `repo.hash(path)` of the text that was planned against.
 */
export type Edit =
  | { readonly kind: 'create'; readonly path: string; readonly text: string; readonly mode?: 0o644 | 0o755 }
  | { readonly kind: 'splice'; readonly path: string; readonly base: string; readonly spans: readonly Span[] }
  | { readonly kind: 'delete'; readonly path: string; readonly base: string };

/** An npm package to add. The runner edits package.json and its lock file together, or neither. */
export interface Dependency {
  /** Folder of the package.json, '' for the root. */
  readonly dir: string;
  readonly name: string;
  /** A semver range. */
  readonly range: string;
  readonly dev: boolean;
  /** Why it is needed, for the plan. */
  readonly why: string;
}

export interface Fix {
  readonly edits: readonly Edit[];
  readonly dependencies?: readonly Dependency[];
  readonly manual?: readonly FixStep[];
  /** What the change does besides, which a reader of its title would not expect: whole sentences. */
  readonly alsoChanges?: readonly string[];
}

/** Something a check saw, for the reader of the report. */
export interface Evidence {
  /** The command, request or file that was looked at. */
  readonly subject: string;
  /** What came back. */
  readonly observed: string;
}

/** A skip never counts as a pass; `remedy` is the command that brings what was missing. */
export type Verdict =
  | { readonly verdict: 'pass'; readonly evidence: readonly Evidence[] }
  | { readonly verdict: 'fail'; readonly reason: string; readonly evidence?: readonly Evidence[] }
  | { readonly verdict: 'skip'; readonly reason: string; readonly remedy?: string };

interface CheckLine {
  /** Reads as a checklist line. */
  readonly title: string;
}

/** Reads the repository. */
export interface StaticCheck extends CheckLine {
  readonly level: 'static';
  run(): Verdict | Promise<Verdict>;
}

/** Works in a scratch copy in which the app's dependencies are installed. */
export interface BuildCheck extends CheckLine {
  readonly level: 'build';
  /** Folder of the Next.js app to install; absent when the check needs none. */
  readonly app?: string;
  /** Default 300. */
  readonly seconds?: number;
  run(scratch: Scratch): Promise<Verdict>;
}

/** Tries the built and booted application. */
export interface LiveCheck extends CheckLine {
  readonly level: 'live';
  /** Folder of the Next.js app to boot; needed when `needs` names `app`. */
  readonly app?: string;
  readonly needs: readonly Service[];
  readonly probes?: readonly Probe[];
  /** Values of the server's env files; added where the stack says nothing of them. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default 60. */
  readonly seconds?: number;
  run(world: World): Promise<Verdict>;
}

/** One line of the proof. It looks from another angle than detect and has been seen to fail. */
export type Check = StaticCheck | BuildCheck | LiveCheck;

/** The option schema of a gap: a zod object in which every key has a default. */
export type OptionsSchema = z.ZodObject;

export interface Gap<Code extends string = string, Options extends OptionsSchema = OptionsSchema> {
  readonly meta: GapMeta<Code>;
  /** Called only when options are needed, so that reading a repository does not load zod. */
  readonly options?: (zod: typeof z) => Options;
  /** Pure: the same repository gives the same detection. */
  detect(repo: Repo): Detection<NoInfer<Code>>;
  /**
   * What is closed together with a finding or not at all: findings with the same key are one unit. A route and the
   * code that calls it are one; by default each finding stands for itself. A person who accepts one finding of a
   * unit keeps the whole unit as it is.
   */
  unitOf?(finding: Finding<NoInfer<Code>>): string;
  /** Whether what a step is `about` is done in this tree: asked once the whole run is planned. */
  isSettled?(repo: Repo, about: string): boolean;
  /**
   * Pure: returns edits, never makes them. `findings` are those that are wanted, notes included, and it closes these
   * and no others: a finding that a person accepts is not among them, so nothing looks for more by itself.
   */
  apply(repo: Repo, findings: readonly Finding<NoInfer<Code>>[], options: z.infer<Options>): Fix;
  /** The checks that prove the gap closed. Empty when it does not apply. */
  verify(repo: Repo): readonly Check[];
}

/** Types a gap: a finding code without a message does not compile. */
export function defineGap<const Code extends string, Options extends OptionsSchema = OptionsSchema>(
  gap: Gap<Code, Options>,
): Gap<Code, Options> {
  return gap;
}

/** No findings: closed. */
export const CLOSED: Detection<never> = { kind: 'findings', findings: [] };

/** The gap's subject is not in this repository. */
export function notApplicable(reason: string): Detection<never> {
  return { kind: 'not-applicable', reason };
}

/** Reading cannot decide. The answer of last resort. */
export function unknown(reason: string, manual: readonly ManualStep[] = []): Detection<never> {
  return { kind: 'unknown', reason, manual };
}
