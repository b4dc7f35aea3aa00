/** A name for a control: words, or one of two by a state; or, where the code does not settle it, what may be meant. */
export type Name =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'by state'; readonly test: string; readonly set: string; readonly unset: string }
  /** An expression of the code, which brings the words. */
  | { readonly kind: 'expression'; readonly source: string }
  | Unsettled;

export interface Unsettled {
  readonly kind: 'unsettled';
  readonly suggestion: string | undefined;
}

/** An attribute that names a control, in the quotes of the file. */
export function labelAttribute(name: Exclude<Name, Unsettled>, quote: string): string {
  if (name.kind === 'expression') return `aria-label={${name.source}}`;
  if (name.kind === 'words')
    return name.words.includes('"') ? `aria-label={'${name.words}'}` : `aria-label="${name.words}"`;
  const { test, set, unset } = name;
  return `aria-label={${test} ? ${quote}${set}${quote} : ${quote}${unset}${quote}}`;
}
