import { escaped } from '../../repo/escaped.ts';
import { once, oncePer } from '../../repo/once.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { declarationAt, type Range } from './declarations.ts';
import { type ImportScope, type ModuleRequest, peekModule, requestsOf, resolveImport } from './imports.ts';

/** A part of a module: where something is declared. */
export interface Definition extends Range {
  readonly module: SourceModule;
}

/** What a name stands for where it is used. */
export type Meaning =
  /** Of an installed package, or of nothing that is here. */
  | { readonly kind: 'installed'; readonly specifier: string; readonly name: string }
  /** Code of the repository; modules are read when somebody asks where it stands. */
  | { readonly kind: 'code'; readonly definitions: readonly Definition[] }
  /** A parameter, of the function of that name. */
  | { readonly kind: 'parameter'; readonly of: string };

type Scope = Pick<ImportScope, 'dir'>;

/** What a name means at an offset of a module: what is declared there, or what is imported under it. */
export function meaningOf(
  repo: Repo,
  scope: Scope,
  module: SourceModule,
  name: string,
  at: number,
): Meaning | undefined {
  const declared = declarationAt(module, name, at);
  if (declared?.parameterOf !== undefined) return { kind: 'parameter', of: declared.parameterOf };
  if (declared) return { kind: 'code', definitions: [{ module, start: declared.start, end: declared.end }] };
  return imported(repo)(module).meaning(scope, name);
}

/** What a name means in a module outside of its functions; a tree is built only where the module declares it itself. */
export function topLevelMeaning(
  repo: Repo,
  scope: Scope,
  module: SourceModule,
  name: string,
): Meaning | undefined {
  const found = imported(repo)(module).meaning(scope, name);
  if (found) return found;
  const declares = new RegExp(`\\b(?:function|const|let|var|class)\\s+${escaped(name)}\\b`);
  return declares.test(module.text) ? meaningOf(repo, scope, module, name, 0) : undefined;
}

/** What the imports of each module lead to, told once. */
const imported = oncePer((repo: Repo) =>
  oncePer((module: SourceModule) => {
    const byLocal = new Map(requestsOf(module).map((request) => [request.local, request] as const));
    const known = new Map<string, Meaning | undefined>();
    return {
      meaning: (scope: Scope, name: string): Meaning | undefined => {
        const key = `${scope.dir}\n${name}`;
        if (!known.has(key)) known.set(key, meaningOfRequest(repo, scope, module.path, byLocal.get(name)));
        return known.get(key);
      },
    };
  }),
);

function meaningOfRequest(
  repo: Repo,
  scope: Scope,
  path: string,
  request: ModuleRequest | undefined,
): Meaning | undefined {
  if (!request) return undefined;
  const { specifier, name } = request;
  const target = resolveImport(repo, scope, path, specifier);
  if (target === undefined) return { kind: 'installed', specifier, name };
  const definitions = once(() => definitionsOf(repo, scope, target, name));
  return {
    kind: 'code',
    get definitions() {
      return definitions();
    },
  };
}

/** So many modules may hand a name on. */
const HOPS = 4;

/** What a module exports under a name, wherever it is written; `*` stands for all of it. */
export function definitionsOf(
  repo: Repo,
  scope: Scope,
  path: string,
  name: string,
  hops = HOPS,
): readonly Definition[] {
  const known = definitions(repo);
  const key = [scope.dir, path, name, hops].join('\n');
  const found = known.get(key) ?? findDefinitions(repo, scope, path, name, hops);
  known.set(key, found);
  return found;
}

const definitions = oncePer((_repo: Repo) => new Map<string, readonly Definition[]>());

function findDefinitions(
  repo: Repo,
  scope: Scope,
  path: string,
  name: string,
  hops: number,
): readonly Definition[] {
  const module = CODE.test(path) ? peekModule(repo, path) : undefined;
  if (!module || hops === 0) return [];
  if (name === '*') return [wholeOf(module)];
  const follow = ({ specifier }: ModuleRequest, as: string) => {
    const target = resolveImport(repo, scope, path, specifier);
    return target === undefined ? [] : definitionsOf(repo, scope, target, as, hops - 1);
  };
  // A module that only hands names on is told by its requests: no tree of it is built.
  const requests = requestsOf(module);
  const handedOn = requests.find(({ exportedAs }) => exportedAs === name);
  if (handedOn) return follow(handedOn, handedOn.name);
  const local = localNames(module).get(name);
  const stars = requests.filter(({ exportedAs }) => exportedAs === '*');
  if (local === undefined && stars.length > 0) return stars.flatMap((each) => follow(each, name));
  if (local === undefined && name !== 'default' && module.exports.length > 0) return [];
  const imported = requests.find((each) => each.local === (local ?? name));
  return imported ? follow(imported, imported.name) : writtenIn(module, name, local ?? name);
}

const CODE = /\.[cm]?[jt]sx?$/;

function wholeOf(module: SourceModule): Definition {
  return { module, start: 0, end: module.text.length };
}

/** Where a module itself writes what it exports: a declaration, an expression, or anywhere. */
function writtenIn(module: SourceModule, name: string, local: string): readonly Definition[] {
  const declared = declarationAt(module, local, 0);
  if (declared) return [{ module, start: declared.start, end: declared.end }];
  if (name !== 'default') return [];
  const node = module.program.body.find(({ type }) => type === 'ExportDefaultDeclaration');
  return [node ? { module, start: node.start, end: node.end } : wholeOf(module)];
}

/** `export { save as default }`, `export default save`: the local name of each that is exported. */
const localNames = oncePer(({ exports }: SourceModule): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const { entries } of exports)
    for (const { exportName, localName, moduleRequest } of entries) {
      const name = exportName.kind === 'Default' ? 'default' : exportName.name;
      if (!moduleRequest && name !== null) names.set(name, localName.name ?? name);
    }
  return names;
});
