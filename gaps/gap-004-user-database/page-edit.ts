import type { ManualStep, Span } from '../../src/contract.ts';

/** What a page needs from the templates: a default or a named import. */
export interface Need {
  readonly file: string;
  readonly name: string;
  readonly isDefault: boolean;
}

/** Edits of a page and what they make it import. */
export type PageEdit =
  | {
      readonly spans: readonly Span[];
      readonly needs: readonly Need[];
      /** Names that the page takes from React. */
      readonly react?: readonly string[];
      readonly steps?: readonly ManualStep[];
    }
  | { readonly refused: string };
