import type { Repo } from '../../../src/contract.ts';
import { type ImportScope, namersOf, resolveImport } from '../../../src/read/code/imports.ts';
import { specifiersOf } from '../../../src/read/code/specifier-words.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { isInside } from '../../../src/repo/paths.ts';
import { CODE, GENERATED, NAMES_FILES } from '../tables.ts';
import { type Caller, isTest } from './caller.ts';
import { stringsIn } from './code-strings.ts';
import type { DebugRoute } from './routes.ts';

/** The files that import a route's own or name its path, types and mocks included: they fail without it. */
export function importCallers(repo: Repo, route: DebugRoute): readonly Caller[] {
  const importing = scopesOf(repo).flatMap((scope) => importersIn(repo, scope, route));
  const known = new Set(importing.map(({ path }) => path));
  return [...importing, ...fileCallers(repo, route).filter(({ path }) => !known.has(path))];
}

/** Each app, and the other packages of the repository, with their files. */
const scopesOf = oncePer((repo: Repo): readonly ImportScope[] => {
  const { apps, packages } = repo.layout;
  const dirs = [...new Set(['', ...packages.map(({ dir }) => dir)])].sort((a, b) => b.length - a.length);
  const files = new Map<string, string[]>(dirs.map((dir) => [dir, []]));
  const taken = new Set(apps.flatMap((app) => app.files));
  for (const path of repo.files) {
    const dir = dirs.find((each) => isInside(each, path));
    if (dir !== undefined && CODE.test(path) && !taken.has(path)) files.get(dir)?.push(path);
  }
  return [...apps, ...[...files].map(([dir, own]) => ({ dir, files: own }))];
});

function importersIn(repo: Repo, scope: ImportScope, { path, url }: DebugRoute): readonly Caller[] {
  return namersOf(repo, scope, path).flatMap((file): readonly Caller[] => {
    const text = repo.text(file);
    const specifiers = specifiersOf(repo, file).filter(
      (each) => resolveImport(repo, scope, file, each) === path,
    );
    const live = new Set(stringsIn(repo, file).map(({ value }) => value));
    const specifier = specifiers.find((each) => live.has(each));
    if (specifier === undefined) return [];
    const at = Math.max(0, text.search(new RegExp(`['"\`]${escaped(specifier)}['"\`]`)));
    return [{ path: file, at, url, kind: isTest(file) ? 'test-import' : 'import' }];
  });
}

/** What names the path of the file: a script that reads it, a mock of a test, a setting of the deployment. */
function fileCallers(repo: Repo, { app, path, url, kind }: DebugRoute): readonly Caller[] {
  const own = path.slice(app.dir === '' ? 0 : app.dir.length + 1);
  // Below api/ the file of a route handler is called like nothing else; that of a pages router is like its url.
  const stem = own.replace(/\.\w+$/, '').replace(kind === 'app' ? /^.*?\bapi\// : /^$/, 'api/');
  // How a string ends that names it, in code that need not be parsed.
  const end = new RegExp(`${escaped(stem)}(?:\\.[cm]?[jt]sx?)?(?:["'\`]|\\$\\{|$)`, 'm');
  return namingFiles(repo)
    .filter((file) => file !== path)
    .flatMap((file): readonly Caller[] => {
      const text = repo.peek(file) ?? '';
      if (!text.includes(stem)) return [];
      if (CODE.test(file) && !end.test(text)) return [];
      const at = CODE.test(file) ? stringAt(repo, file, stem) : text.indexOf(own);
      return at === undefined || at === -1
        ? []
        : [{ path: file, at, url, kind: isTest(file) ? 'test-import' : 'file' }];
    });
}

/** What may name a file: code, and what is kept in words. */
const namingFiles = oncePer((repo: Repo) =>
  repo.files.filter((file) => CODE.test(file) || (NAMES_FILES.test(file) && !isMade(file))),
);

function isMade(file: string): boolean {
  return GENERATED.test(file) && !/tsconfig/.test(file);
}

function stringAt(repo: Repo, file: string, stem: string): number | undefined {
  return stringsIn(repo, file).find(({ value }) => {
    const name = value.replace(/\.[cm]?[jt]sx?$/, '');
    return name.endsWith(stem) && !/\w$/.test(name.slice(0, -stem.length));
  })?.start;
}
