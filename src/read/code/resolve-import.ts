import { oncePer } from '../../repo/once.ts';
import { dirname, join, resolve } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { expandAlias } from './aliases.ts';
import { findOwnPackage } from './own-packages.ts';

/** The code base that an import is resolved in: a Next.js app, or a package with its files. */
export interface ImportScope {
  /** Where tsconfig.json or jsconfig.json stands, '' for the root. */
  readonly dir: string;
  readonly files: readonly string[];
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
/** `./a.js` may be written for a.ts (typescriptlang.org: "File extension substitution"). */
const SUBSTITUTES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/**
 * The file that an import leads to, or undefined for what is installed or not there. Knows extensions, index
 * files, the aliases of tsconfig.json or jsconfig.json, and packages of the same repository (by name, at the
 * path or under src/; their `exports` are not read). Throws SourceError when that configuration does not parse.
 */
export function resolveImport(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  fromPath: string,
  specifier: string,
): string | undefined {
  const from = RELATIVE.test(specifier) ? `./${dirname(fromPath)}` : scope.dir;
  const known = resolved(repo)(from);
  if (!known.has(specifier)) known.set(specifier, resolveAnew(repo, scope, fromPath, specifier));
  return known.get(specifier);
}

const RELATIVE = /^\.{1,2}(?:[/?]|$)/;

/** By the folder that a relative specifier starts from, or that of the configuration: many files import the same. */
const resolved = oncePer((_repo: Repo) => {
  const byFolder = new Map<string, Map<string, string | undefined>>();
  return (folder: string) => {
    const known = byFolder.get(folder) ?? new Map<string, string | undefined>();
    byFolder.set(folder, known);
    return known;
  };
});

function resolveAnew(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  fromPath: string,
  specifier: string,
): string | undefined {
  const name = specifier.replace(/\?.*/s, '');
  if (RELATIVE.test(name)) {
    const base = resolve(dirname(fromPath), name);
    return base === undefined ? undefined : fileAt(repo, base);
  }
  const bases = [...expandAlias(repo, scope.dir, name), ...insideWorkspace(repo, name)];
  for (const base of bases) {
    const found = fileAt(repo, base);
    if (found !== undefined) return found;
  }
  return undefined;
}

function insideWorkspace(repo: Repo, specifier: string): readonly string[] {
  const workspace = findOwnPackage(repo, specifier);
  if (!workspace) return [];
  const rest = specifier.slice(workspace.manifest.name?.length ?? 0).replace(/^\//, '');
  return [join(workspace.dir, rest), join(workspace.dir, 'src', rest)];
}

function fileAt(repo: Repo, base: string): string | undefined {
  const extension = /\.\w+$/.exec(base)?.[0] ?? '';
  const bare = base.slice(0, base.length - extension.length);
  return (
    firstOf(repo, base, ['']) ??
    firstOf(repo, bare, SUBSTITUTES[extension] ?? []) ??
    firstOf(repo, base, EXTENSIONS) ??
    firstOf(repo, join(base, 'index'), EXTENSIONS)
  );
}

function firstOf(repo: Repo, stem: string, endings: readonly string[]): string | undefined {
  for (const ending of endings) {
    const path = stem + ending;
    if (repo.exists(path)) return path;
  }
  return undefined;
}
