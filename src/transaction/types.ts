/** One file's move from what it is to what it is to be. `before` is what the plan was made against. */
export type Change =
  | { readonly kind: 'create'; readonly path: string; readonly after: Uint8Array; readonly mode: number }
  /** `before` is the SHA-256 of the bytes, in hex. The mode is kept. */
  | { readonly kind: 'update'; readonly path: string; readonly before: string; readonly after: Uint8Array }
  | { readonly kind: 'delete'; readonly path: string; readonly before: string };

/** Who asks for a run, and what for. */
export interface RunInfo {
  /** Names the run's folder: letters, digits, `.`, `_`, `-`. */
  readonly id: string;
  readonly gaps: readonly string[];
  readonly command: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** A run that went through, as the journal tells it. */
export interface RunRecord extends RunInfo {
  readonly state: 'committed' | 'undone';
  readonly files: readonly RunFile[];
}

/** A file that a run touched, by the SHA-256 of its bytes; null where there was, or is, no file. */
export interface RunFile {
  readonly path: string;
  readonly kind: Change['kind'];
  readonly before: string | null;
  readonly after: string | null;
}

/** A file that was left alone, and why. */
export interface Conflict {
  readonly path: string;
  readonly reason: string;
}

export interface CommitHooks {
  /**
   * Looks at the written tree before the run is closed; what it throws rolls everything back. It must be
   * synchronous: a promise is refused, because nobody would wait for it.
   */
  readonly beforeClose?: () => unknown;
  /** Asked between files; true rolls everything back. */
  readonly interrupted?: () => boolean;
}

export interface UndoOptions {
  /** Restores what can be restored when some files cannot; the run counts as undone then. */
  readonly partial?: boolean;
}

export interface UndoResult {
  /** The run, as it stands after the undo. */
  readonly run: RunRecord;
  readonly restored: readonly string[];
  readonly conflicts: readonly Conflict[];
}

export interface Recovery {
  /** What was found cut short and taken back: a run, the undo of a run (the run stands), or nothing. */
  readonly recovered: 'nothing' | 'rolled-back' | 'undo-rolled-back';
  /** The id of that run. */
  readonly run?: string;
  /** The files that were put back. */
  readonly files: readonly string[];
  /** The files that were left alone. A person has to look at them. */
  readonly conflicts: readonly Conflict[];
}
