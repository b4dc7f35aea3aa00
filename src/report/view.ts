import type { Paint } from './colour.ts';

/** How a person looks at a report. */
export interface View {
  readonly paint: Paint;
  /** Columns of the terminal; undefined for a pipe or a file, where nothing is cut or wrapped. */
  readonly columns: number | undefined;
  /** Only what needs attention. */
  readonly quiet: boolean;
  /** Everything, however long it is. */
  readonly full: boolean;
  /** A question follows, so that no next command stands above it. */
  readonly asks?: true;
}
