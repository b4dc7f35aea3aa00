import type { Span } from '../../../src/contract.ts';

/** What a mend of one control comes to in its file. */
export interface Mend {
  readonly spans: readonly Span[];
  /** A hook at the head of the component around it. */
  readonly hook?: { readonly body: number; readonly line: string };
  readonly needs?: readonly Need[];
}

/** What a file has to import for a mend. */
export type Need = 'useId' | 'pressOnKey' | 'useDialog';

/** What stays for a person, with what may be meant. */
export interface Left {
  readonly left: string;
}
