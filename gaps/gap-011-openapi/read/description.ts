/** A description of an API: a file of its own, comments, an object in code, or what a generator is told. */
export interface Description {
  /** The file that stands for it. */
  readonly path: string;
  /** The folder of the package whose generator writes it. */
  readonly dir?: string;
  /** What to call it: its path, or the generator that writes it. */
  readonly name: string;
  readonly operations: readonly Operation[];
  /** The paths of its servers, `''` where none is given; what is documented stands below one of them. */
  readonly bases: readonly string[];
  /** The files of code that tell of it. */
  readonly tellers: readonly string[];
  /** Parts of it cannot be read here, so what it does not name may still be described. */
  readonly isPartial: boolean;
}

/** One method of one path, as documented. */
export interface Operation {
  /** In capitals; '*' where the methods stand elsewhere. */
  readonly method: string;
  /** Without the server's path. */
  readonly path: string;
  /** Where it is documented. */
  readonly file: string;
  readonly at: number;
}
