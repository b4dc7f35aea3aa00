/** Where something about logs is written. */
export interface Place {
  readonly path: string;
  readonly at: number;
  readonly name: string;
}
