import { basename } from '../../repo/paths.ts';
import type { Repo, Workspace } from '../../repo/repo.ts';
import { standingOf } from '../../repo/standing.ts';
import { codeOfPackage } from '../code/code-files.ts';
import { peekModule, requestsOf } from '../code/imports.ts';
import { specifiersOf } from '../code/specifier-words.ts';
import type { Mechanism, StoreKind } from './mechanism.ts';
import { CLIENTS, DRIVERS, MANIFESTS } from './store-tables.ts';

/** So many kinds in one package: it speaks to every database there is, connects the data of others and keeps none. */
const CONNECTS = 4;

/** Whether files there keep something for the product: tests, scripts, examples and documents do not. */
export function isOfProduct(path: string): boolean {
  return standingOf(path) === 'product' && !/\.config\.\w+$/.test(path);
}

/** The npm packages that open a store and are imported by code that serves. */
export function packageClients(repo: Repo): readonly Mechanism[] {
  return repo.layout.packages
    .filter(({ path }) => isOfProduct(path))
    .flatMap((workspace) => {
      const declared = Object.keys(workspace.manifest.dependencies);
      const clients = [...CLIENTS].filter(([name]) => declared.includes(packageOf(name)));
      const kinds = [...new Set(clients.map(([, kind]) => kind))];
      if (kinds.length >= CONNECTS) return [];
      return kinds.flatMap((kind): Mechanism[] => {
        const used = clients.find(([name, of]) => of === kind && isImported(repo, workspace, name));
        if (!used) return [];
        const at = Math.max(0, repo.text(workspace.path).indexOf(`"${packageOf(used[0])}"`));
        return [{ kind, path: workspace.path, at, how: 'client', orphan: false }];
      });
    });
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isImported(repo: Repo, { dir }: Workspace, name: string): boolean {
  const isMeant = (specifier: string) => specifier === name || specifier.startsWith(`${name}/`);
  return servingCode(repo, dir).some((path) => {
    if (!specifiersOf(repo, path).some(isMeant) || isCacheHandler(repo, path)) return false;
    const module = peekModule(repo, path);
    return module !== undefined && requestsOf(module).some(({ specifier }) => isMeant(specifier));
  });
}

/** The code of a package that serves, without that of packages inside of it. */
export function servingCode(repo: Repo, dir: string): readonly string[] {
  return codeOfPackage(repo, dir).filter((path) => isOfProduct(path));
}

/** What Next.js hands its rendered pages to (nextjs.org/docs: "cacheHandler"): it can be emptied at any time. */
export function isCacheHandler(repo: Repo, path: string): boolean {
  return (
    /cache-?handlers?\b/i.test(basename(path)) ||
    repo.mentions(path, /\basync\s+revalidateTag\s*\(|\brevalidateTag\s*[:=]\s*(?:async\b|function\b|\()/)
  );
}

/** What is there for tests alone, or comes along with something else. */
const NOT_OWN =
  /\btest(?:Implementation|Runtime|RuntimeOnly|CompileOnly)\b|<scope>test<|\/\/ indirect|^\s*(?:#|\/\/)/;
const FOR_DEVELOPERS = /(?:^|[/._-])(?:dev|tests?|lint|ci|docs)(?:[._-]|$)/i;

/** The drivers that other languages declare, and the database that Python brings along itself. */
export function otherClients(repo: Repo): readonly Mechanism[] {
  const declared = MANIFESTS.flatMap(([file, entry]) =>
    repo
      .find(file)
      .filter((path) => isOfProduct(path) && !FOR_DEVELOPERS.test(basename(path)))
      .flatMap((path) => driversIn(repo, path, entry)),
  );
  return [...declared, ...builtIn(repo)];
}

function driversIn(repo: Repo, path: string, entry: RegExp): readonly Mechanism[] {
  const found = new Map<StoreKind, number>();
  for (const { 0: text, index } of (repo.peek(path) ?? '').matchAll(entry)) {
    if (NOT_OWN.test(text)) continue;
    for (const [pattern, kind] of DRIVERS) if (!found.has(kind) && pattern.test(text)) found.set(kind, index);
  }
  const databases = [...found.keys()].filter((kind) => kind !== 'Redis' && kind !== 'Elasticsearch');
  if (databases.length >= CONNECTS) return [];
  return [...found].map(([kind, at]) => ({ kind, path, at, how: 'client', orphan: false }));
}

const SQLITE =
  /^[ \t]*(?:import sqlite3\b|from sqlite3 import)|['"]django\.db\.backends\.sqlite3['"]|['"]sqlite(?:\+\w+)?:\/\/\//m;

/** `import sqlite3` needs no package: one entry, where the first such file stands. */
function builtIn(repo: Repo): readonly Mechanism[] {
  const path = repo
    .find(/\.py$/)
    .find((each) => isOfProduct(each) && repo.mentions(each, 'sqlite') && repo.mentions(each, SQLITE));
  if (path === undefined) return [];
  const at = Math.max(0, (repo.peek(path) ?? '').search(SQLITE));
  return [{ kind: 'SQLite', path, at, how: 'client', orphan: false }];
}
