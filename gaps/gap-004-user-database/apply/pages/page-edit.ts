import type { ManualStep, Span } from '../../../../src/contract.ts';

/** How many characters of a line the profile keeps, and of the address of a picture: the rules of its route. */
export const LINE_MAX = 100;
export const ADDRESS_MAX = 500;

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
      /** Names that the edit declares in the page. */
      readonly names?: readonly string[];
      /** Names that the page takes from React. */
      readonly react?: readonly string[];
      readonly steps?: readonly ManualStep[];
    }
  | { readonly refused: string };
