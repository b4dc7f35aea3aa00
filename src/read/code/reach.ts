import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import { type ImportScope, reaching, resolveImport } from './imports.ts';
import { findOwnPackage } from './own-packages.ts';
import { specifiersOf } from './specifier-words.ts';

type Scope = Pick<ImportScope, 'dir'>;

/**
 * The files that pass a test among those that the entries import, directly or through others, and the entries
 * themselves. Most often none does, and that is told from text: modules are parsed only where the words of their
 * imports lead to a file that passes.
 */
export function reachedThat(
  repo: Repo,
  scope: Scope,
  entries: readonly string[],
  passes: (path: string) => boolean,
): readonly string[] {
  const leading = leadingTo(repo, scope, entries, passes);
  if (leading.size === 0) return [];
  return [...reaching(repo, scope, entries, (path) => leading.has(path))].filter(passes);
}

/** The first of them: for a test that costs much. */
export function firstReached(
  repo: Repo,
  scope: Scope,
  entries: readonly string[],
  passes: (path: string) => boolean,
): string | undefined {
  if (!mayReach(repo, scope, entries, passes)) return undefined;
  for (const path of reaching(repo, scope, entries)) if (passes(path)) return path;
  return undefined;
}

/** Follows every specifier that stands in a text; imports of types and what is commented out are among them. */
function mayReach(
  repo: Repo,
  scope: Scope,
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

/**
 * Of these files, and of those that their texts name as imports, the ones from which such names lead to a file that
 * passes, and those that pass: what is not among them imports none of these, and need not be parsed to tell.
 */
export function leadingTo(
  repo: Repo,
  scope: Scope,
  entries: readonly string[],
  passes: (path: string) => boolean,
): ReadonlySet<string> {
  const namers = new Map<string, string[]>(entries.map((path) => [path, []]));
  for (const path of namers.keys())
    for (const target of namedIn(repo, scope, path)) {
      const by = namers.get(target);
      if (by) by.push(path);
      else namers.set(target, [path]);
    }
  const leading = new Set([...namers.keys()].filter(passes));
  for (const path of leading) for (const namer of namers.get(path) ?? []) leading.add(namer);
  return leading;
}

/** Whether a file asks for a package of this repository whose file is not to be found: what stands there is not seen. */
export function leavesSight(repo: Repo, scope: Scope, path: string): boolean {
  return specifiersOf(repo, path).some(
    (specifier) =>
      !specifier.startsWith('.') &&
      findOwnPackage(repo, specifier) !== undefined &&
      resolveImport(repo, scope, path, specifier) === undefined,
  );
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const graphs = oncePer((_repo: Repo) => new Map<string, readonly string[]>());

/** The files that a text names as imports, resolved once per repository and scope. */
function namedIn(repo: Repo, scope: Scope, path: string): readonly string[] {
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
