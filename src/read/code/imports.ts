import type { StaticExportEntry, StaticImport } from 'oxc-parser';
import { SourceError } from '../../errors.ts';
import { oncePer } from '../../repo/once.ts';
import { basename, dirname } from '../../repo/paths.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { type ImportScope, resolveImport } from './resolve-import.ts';
import { filesThatSay, lastWord, specifiersOf } from './specifier-words.ts';
import { walk } from './walk.ts';

export { type ImportScope, resolveImport } from './resolve-import.ts';

/** A module asks another one for a name. */
export interface ModuleRequest {
  readonly specifier: string;
  /** As the other module exports it; '*' for all of it (namespace, side effect, `import()`, `require`). */
  readonly name: string;
  /** The local name of the binding, where there is one. */
  readonly local?: string;
  /** The name under which it is exported again; '*' for `export *`. Absent where the module itself uses it. */
  readonly exportedAs?: string;
}

/** A file that imports another one, and what of it. */
export interface Importer extends ModuleRequest {
  readonly path: string;
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
/** Like `repo.module`, but undefined where a file cannot be read or parsed: for sweeps over many files. */
export function peekModule(repo: Repo, path: string): SourceModule | undefined {
  try {
    return repo.module(path);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

const requests = new WeakMap<SourceModule, readonly ModuleRequest[]>();

/** What a module asks of others. Types are left out: they are gone when the code runs. */
export function requestsOf(module: SourceModule): readonly ModuleRequest[] {
  const known = requests.get(module) ?? [
    ...module.imports.flatMap(importRequests),
    ...module.exports.flatMap(({ entries }) => entries.flatMap(exportRequests)),
    ...lateRequests(module),
  ];
  requests.set(module, known);
  return known;
}

function importRequests({ moduleRequest, entries }: StaticImport): readonly ModuleRequest[] {
  const specifier = moduleRequest.value;
  if (entries.length === 0) return [{ specifier, name: '*' }];
  return entries
    .filter(({ isType }) => !isType)
    .map(({ importName, localName }) => ({
      specifier,
      name: nameOf(importName.kind, importName.name),
      local: localName.value,
    }));
}

function exportRequests(entry: StaticExportEntry): readonly ModuleRequest[] {
  if (entry.isType || !entry.moduleRequest) return [];
  const { kind, name } = entry.exportName;
  return [
    {
      specifier: entry.moduleRequest.value,
      name: nameOf(entry.importName.kind, entry.importName.name),
      exportedAs: kind === 'None' ? '*' : nameOf(kind, name),
    },
  ];
}

function nameOf(kind: string, name: string | null): string {
  return kind === 'Default' ? 'default' : (name ?? '*');
}

/** `import('./a')`, and `require('./a')`: that is a call like others, so that it needs the tree. */
function lateRequests(module: SourceModule): readonly ModuleRequest[] {
  const found = module.lateImports.map(({ moduleRequest: { start, end } }) => module.text.slice(start, end));
  if (/\brequire\s*\(/.test(module.withoutComments))
    walk(module, {
      CallExpression: ({ callee, arguments: [first] }) => {
        if (callee.type === 'Identifier' && callee.name === 'require' && first?.type === 'Literal')
          found.push(first.raw ?? '');
      },
    });
  return found.flatMap((quoted) => {
    const specifier = /^(['"])(.*)\1$/.exec(quoted)?.[2];
    return specifier === undefined ? [] : [{ specifier, name: '*' }];
  });
}

/**
 * The files of the scope that import a file directly, with what they take from it. Files that do not parse are
 * passed over. Cheap: only files that name it are parsed.
 */
export function importersOf(repo: Repo, scope: ImportScope, path: string): readonly Importer[] {
  const isMention = mentionOf(path);
  return namersOf(repo, scope, path).flatMap((file) =>
    requestsOfFile(repo, file)
      .filter(
        ({ specifier }) =>
          isMention(lastWord(specifier)) && resolveImport(repo, scope, file, specifier) === path,
      )
      .map((request) => ({ ...request, path: file })),
  );
}

/** The files of the scope that name a file as an import; those that want its types or are commented out, too. */
export function namersOf(repo: Repo, scope: ImportScope, path: string): readonly string[] {
  const isMention = mentionOf(path);
  return filesThatSay(repo, scope.files, stemsOf(path)).filter(
    (file) =>
      file !== path &&
      specifiersOf(repo, file).some(
        (each) => isMention(lastWord(each)) && resolveImport(repo, scope, file, each) === path,
      ),
  );
}

/** Tells by the last word of a specifier whether it may mean a file: it ends like its name. */
function mentionOf(path: string): (word: string) => boolean {
  const stems = stemsOf(path);
  return (word) => stems.some((each) => word.endsWith(each));
}

/** What a specifier of a file ends with. */
function stemsOf(path: string): readonly string[] {
  const stem = basename(path).replace(/\.\w+$/, '');
  const stems = stem === 'index' ? [stem, basename(dirname(path)), '.'] : [stem];
  return stems.filter((each) => each !== '');
}

function requestsOfFile(repo: Repo, path: string): readonly ModuleRequest[] {
  const module = peekModule(repo, path);
  return module ? requestsOf(module) : [];
}

/**
 * Every file that the entries import, directly or through others, and the entries themselves. Through an index
 * file that means all that it exports again. Files that do not parse end the way.
 */
export function reachableFrom(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  entries: readonly string[],
): ReadonlySet<string> {
  return new Set(reaching(repo, scope, entries));
}

/** The same, one after the other: who has found what he looks for has the rest not parsed. */
export function* reaching(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  entries: readonly string[],
): Iterable<string> {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    yield path;
    waiting.push(...targetsOf(repo, scope, path));
  }
}

const graphs = oncePer((_repo: Repo) => new Map<string, readonly string[]>());

/** The files that a file imports, resolved once per repository and scope: many ways lead through the same file. */
export function targetsOf(repo: Repo, scope: Pick<ImportScope, 'dir'>, path: string): readonly string[] {
  const graph = graphs(repo);
  const key = `${scope.dir}\n${path}`;
  let targets = graph.get(key);
  if (!targets) {
    const specifiers = CODE.test(path) ? requestsOfFile(repo, path).map(({ specifier }) => specifier) : [];
    targets = [...new Set(specifiers)].flatMap((each) => resolveImport(repo, scope, path, each) ?? []);
    graph.set(key, targets);
  }
  return targets;
}
