/** What keeps a handler from the public. */
export type Verdict =
  | { readonly kind: 'open' | 'production' | 'authentication' }
  /** Something answers first, and reading does not tell whether it keeps the public out. */
  | { readonly kind: 'unproven'; readonly by: string }
  /** The handler is written where it cannot be read. */
  | { readonly kind: 'unseen' };
