import type { Edit, Fix } from '../contract.ts';

/** A kind of file that stands there already, and what an edit of it does; `{{path}}` is the file. */
export type Besides = readonly [path: RegExp, sentence: string];

/**
 * What a fix does besides what the title of its gap says, for a plan and for the body of a commit.
 * @param rows the first that fits a file speaks for it
 */
export function besides(edits: readonly Edit[], rows: readonly Besides[]): Pick<Fix, 'alsoChanges'> {
  const sentences = edits.flatMap(({ kind, path }) => {
    const row = kind === 'splice' ? rows.find(([pattern]) => pattern.test(path)) : undefined;
    return row ? [row[1].replace('{{path}}', path)] : [];
  });
  return sentences.length > 0 ? { alsoChanges: [...new Set(sentences)] } : {};
}
