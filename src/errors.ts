/**
 * Errors that a person can act on. Each knows its exit code (1 findings, 2 usage, 3 failed and
 * rolled back, 4 refused, 5 needs a person). Anything that is not an AimsFixError is our bug.
 */
export abstract class AimsFixError extends Error {
  abstract readonly exitCode: 1 | 2 | 3 | 4 | 5;
  /** What to do next, one sentence. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** Bad arguments, options or configuration. Nothing was done. */
export class UsageError extends AimsFixError {
  readonly exitCode = 2;
}

/** Something failed while working; what had been written was rolled back. */
export class FailedError extends AimsFixError {
  readonly exitCode = 3;
}

/** The tool declines (dirty files, lock held, stale plan, ambiguous target, conflict). Nothing changed. */
export class RefusedError extends AimsFixError {
  readonly exitCode = 4;
}

/** A person has to look: the tool cannot tell which state is the right one. */
export class RecoveryError extends AimsFixError {
  readonly exitCode = 5;
}

/** A file of the target that cannot be read or parsed. Blocks the gap that asked for it, not the others. */
export class SourceError extends AimsFixError {
  readonly exitCode = 1;
  readonly path: string;

  constructor(path: string, reason: string, at?: { readonly line: number; readonly column: number }) {
    super(at ? `${path}:${at.line}:${at.column}: ${reason}` : `${path}: ${reason}`);
    this.path = path;
  }
}

/** A gap's edits break a law of the contract (outside `writes`, overlap, output does not parse). Our bug. */
export class EditError extends AimsFixError {
  readonly exitCode = 3;
}
