import { dirname, join, resolve } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { Repo } from '../../repo/repo.ts';

/** What tsconfig.json or jsconfig.json of a folder says about names of modules. Paths are relative to the root. */
interface Aliases {
  readonly baseUrl: string | undefined;
  readonly paths: readonly Alias[];
}

/** `@/*` and where it leads; both hold at most one star. */
interface Alias {
  readonly pattern: string;
  readonly targets: readonly string[];
}

const NONE: Aliases = { baseUrl: undefined, paths: [] };
const MAX_EXTENDS = 5;

/**
 * Where a bare specifier may stand by the aliases of a folder, without extension, best first: the pattern with
 * the longest prefix, then baseUrl (typescriptlang.org/tsconfig#paths). Empty when no alias fits.
 * Throws SourceError when the configuration does not parse.
 */
export function expandAlias(repo: Repo, dir: string, specifier: string): readonly string[] {
  const { baseUrl, paths } = aliasesOf(repo, dir);
  const matching = paths
    .filter(({ pattern }) => starOf(pattern, specifier) !== undefined)
    .sort((a, b) => prefixOf(b.pattern).length - prefixOf(a.pattern).length)[0];
  const star = matching && starOf(matching.pattern, specifier);
  const aliased = (matching?.targets ?? []).map((target) => target.replace('*', () => star ?? ''));
  return baseUrl === undefined ? aliased : [...aliased, join(baseUrl, specifier)];
}

/** The alias under which a path can be imported (`@/lib/auth` for `lib/auth`), the shortest; undefined without one. */
export function aliasFor(repo: Repo, dir: string, path: string): string | undefined {
  return aliasesOf(repo, dir)
    .paths.flatMap(({ pattern, targets }) =>
      targets.flatMap((target) => {
        const star = starOf(target, path);
        return star === undefined ? [] : [pattern.replace('*', () => star)];
      }),
    )
    .sort((a, b) => a.length - b.length)[0];
}

const read = new WeakMap<Repo, Map<string, Aliases>>();

/** Read once per repository and folder: every bare import asks. */
function aliasesOf(repo: Repo, dir: string): Aliases {
  const known = read.get(repo) ?? new Map<string, Aliases>();
  read.set(repo, known);
  let aliases = known.get(dir);
  if (!aliases) {
    const config = ['tsconfig.json', 'jsconfig.json']
      .map((name) => join(dir, name))
      .find((path) => repo.exists(path));
    aliases = config === undefined ? NONE : readConfig(repo, config, MAX_EXTENDS);
    known.set(dir, aliases);
  }
  return aliases;
}

function readConfig(repo: Repo, path: string, depth: number): Aliases {
  const config = asRecord(repo.json(path));
  const options = asRecord(config.compilerOptions);
  const inherited = depth === 0 ? NONE : inheritedBy(repo, path, config.extends, depth);
  const folder = dirname(path);
  const baseUrl = typeof options.baseUrl === 'string' ? resolve(folder, options.baseUrl) : inherited.baseUrl;
  if (options.paths === undefined) return { baseUrl, paths: inherited.paths };
  return { baseUrl, paths: readPaths(baseUrl ?? folder, asRecord(options.paths)) };
}

/** Configurations that are extended by path; those of packages seldom hold paths and are not installed here. */
function inheritedBy(repo: Repo, path: string, value: unknown, depth: number): Aliases {
  const parents = (Array.isArray(value) ? value : [value]).filter((parent) => typeof parent === 'string');
  return parents.reduce<Aliases>((merged, parent) => {
    const target = parent.startsWith('.') ? resolve(dirname(path), parent) : undefined;
    const file = [target, `${target}.json`].find((name) => name !== undefined && repo.exists(name));
    if (file === undefined) return merged;
    const { baseUrl, paths } = readConfig(repo, file, depth - 1);
    return { baseUrl: baseUrl ?? merged.baseUrl, paths: paths.length > 0 ? paths : merged.paths };
  }, NONE);
}

function readPaths(base: string, paths: Readonly<Record<string, unknown>>): readonly Alias[] {
  return Object.entries(paths).map(([pattern, targets]) => ({
    pattern,
    targets: (Array.isArray(targets) ? targets : [])
      .filter((target) => typeof target === 'string')
      .flatMap((target) => resolve(base, target) ?? []),
  }));
}

function prefixOf(pattern: string): string {
  return pattern.split('*', 1)[0] ?? '';
}

/** What the star of a pattern stands for in a text: '' for an exact match, undefined for none. */
function starOf(pattern: string, text: string): string | undefined {
  const at = pattern.indexOf('*');
  if (at === -1) return pattern === text ? '' : undefined;
  const suffix = pattern.slice(at + 1);
  const fits = text.startsWith(pattern.slice(0, at)) && text.endsWith(suffix);
  return fits && text.length >= pattern.length - 1 ? text.slice(at, text.length - suffix.length) : undefined;
}
