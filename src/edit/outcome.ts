import type { Span } from '../contract.ts';

/** Where an edit goes, or, in people's words, why it cannot be made. No spans: nothing is left to do. */
export type Spans = { readonly spans: readonly Span[] } | { readonly refused: string };

/** The edit is there already. */
export const NOTHING_TO_DO: Spans = { spans: [] };

/** Text put in at one place. */
export function insertion(at: number, text: string): Span {
  return { start: at, end: at, text };
}
