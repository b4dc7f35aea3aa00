import type { Edit, ManualStep, Repo, Span } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';

/** What is put into one file. */
interface Patch {
  readonly path: string;
  readonly spans: readonly Span[];
}

/** New files, changes of files, and what a person has to do where neither can be made. */
export interface Change {
  readonly created?: readonly (Edit & { readonly kind: 'create' })[];
  readonly patches?: readonly Patch[];
  readonly manual?: readonly ManualStep[];
}

/** Changes as edits, one for each file. */
export function joinChanges(
  repo: Repo,
  changes: readonly Change[],
): { readonly edits: readonly Edit[]; readonly manual: readonly ManualStep[] } {
  const patches = changes.flatMap((change) => change.patches ?? []).filter(({ spans }) => spans.length > 0);
  const paths = [...new Set(patches.map(({ path }) => path))];
  return {
    edits: [
      ...changes.flatMap(({ created }) => created ?? []),
      ...paths.map((path) =>
        splice(repo, path, distinct(patches.flatMap((patch) => (patch.path === path ? patch.spans : [])))),
      ),
    ],
    manual: distinct(changes.flatMap(({ manual }) => manual ?? [])),
  };
}

/** Two apps may ask for the same line of a file that they share, and for the same step. */
function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
