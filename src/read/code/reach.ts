import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import { type ImportScope, reachableFrom, resolveImport } from './imports.ts';
import { specifiersOf } from './specifier-words.ts';

/**
 * The files that pass a test among those that the entries import, directly or through others, and the entries
 * themselves. Most often none does, and that is told from text: modules are parsed only where the words of their
 * imports lead to a file that passes.
 */
export function reachedThat(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  entries: readonly string[],
  passes: (path: string) => boolean,
): readonly string[] {
  if (!mayReach(repo, scope, entries, passes)) return [];
  return [...reachableFrom(repo, scope, entries)].filter(passes);
}

/** Follows every specifier that stands in a text; imports of types and what is commented out are among them. */
function mayReach(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  entries: readonly string[],
  passes: (path: string) => boolean,
): boolean {
  const reached = new Set(entries);
  for (const path of reached) {
    if (passes(path)) return true;
    for (const target of namedIn(repo, scope, path)) reached.add(target);
  }
  return false;
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const graphs = oncePer((_repo: Repo) => new Map<string, readonly string[]>());

/** The files that a text names as imports, resolved once per repository and scope. */
function namedIn(repo: Repo, scope: Pick<ImportScope, 'dir'>, path: string): readonly string[] {
  const graph = graphs(repo);
  const key = `${scope.dir}\n${path}`;
  let targets = graph.get(key);
  if (!targets) {
    const specifiers = CODE.test(path) ? new Set(specifiersOf(repo, path)) : [];
    targets = [...specifiers].flatMap((each) => resolveImport(repo, scope, path, each) ?? []);
    graph.set(key, targets);
  }
  return targets;
}
