/** A place where requests are counted. */
export interface Place {
  readonly path: string;
  readonly at: number;
  /** What it is called, for people. */
  readonly name: string;
}
