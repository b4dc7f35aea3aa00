import { oncePer } from '../../repo/once.ts';
import type { Repo } from '../../repo/repo.ts';
import { type ImportScope, reaching, resolveImport, targetsOf } from './imports.ts';
import { findOwnPackage } from './own-packages.ts';
import { specifiersOf } from './specifier-words.ts';

type Scope = Pick<ImportScope, 'dir'>;

/**
 * The files that pass a test among those that the entries import, directly or through others, and the entries
 * themselves; the nearest first. Most often none does, and that is told from text: modules are parsed only where the
 * words of their imports lead to a file that passes, and only until all of these are found.
 */
export function reachedThat(
  repo: Repo,
  scope: Scope,
  entries: readonly string[],
  passes: (path: string) => boolean,
): readonly string[] {
  const namers = namersFrom(repo, scope, entries);
  const missing = new Set([...namers.keys()].filter(passes));
  const passing = [...missing];
  const steps = stepsTo(passing, namers);
  const stepsFrom = (path: string) => steps.get(path) ?? Number.POSITIVE_INFINITY;
  const seen = new Set<string>();
  const waiting = entries.filter((path) => steps.has(path));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    missing.delete(path);
    if (missing.size === 0) break;
    const targets = targetsOf(repo, scope, path).filter((target) => steps.has(target));
    waiting.push(...targets.sort((a, b) => stepsFrom(b) - stepsFrom(a)));
  }
  return passing.filter((path) => !missing.has(path));
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
  const namers = namersFrom(repo, scope, entries);
  return new Set(stepsTo([...namers.keys()].filter(passes), namers).keys());
}

/** How many imports lie between a file and the nearest of some others, by their words; only where some lead there. */
function stepsTo(
  goals: readonly string[],
  namers: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const steps = new Map<string, number>(goals.map((path) => [path, 0]));
  for (const [path, count] of steps)
    for (const namer of namers.get(path) ?? []) if (!steps.has(namer)) steps.set(namer, count + 1);
  return steps;
}

/** What the texts of the entries lead to, level by level, and which of these files name each. */
function namersFrom(
  repo: Repo,
  scope: Scope,
  entries: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const namers = new Map<string, string[]>(entries.map((path) => [path, []]));
  for (const path of namers.keys())
    for (const target of namedIn(repo, scope, path)) {
      const by = namers.get(target);
      if (by) by.push(path);
      else namers.set(target, [path]);
    }
  return namers;
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
