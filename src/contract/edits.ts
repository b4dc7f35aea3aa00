import type { ManualStep } from './findings.ts';

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

/** A step of a fix that a later gap of the same run may do. */
export interface FixStep extends ManualStep {
  /** What its gap's `isSettled` is asked about. */
  readonly about?: string;
}

export interface Fix {
  readonly edits: readonly Edit[];
  readonly dependencies?: readonly Dependency[];
  readonly manual?: readonly FixStep[];
  /** What the change does besides, which a reader of its title would not expect: whole sentences. */
  readonly alsoChanges?: readonly string[];
}
