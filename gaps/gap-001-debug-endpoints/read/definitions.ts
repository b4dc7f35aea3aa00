import type { Node, Program } from 'oxc-parser';
import type { NextApp, Repo, SourceModule } from '../../../src/contract.ts';
import { peekModule, resolveImport } from '../../../src/read/code/imports.ts';
import { oncePer } from '../../../src/repo/once.ts';

/** A module that is read for what its names stand for. */
export interface Place {
  readonly repo: Repo;
  readonly app: NextApp;
  readonly module: SourceModule;
  /** The text without comments; offsets are those of the module. */
  readonly code: string;
}

/** What a name stands for: a function, or the expression that makes one. */
export interface Definition {
  readonly place: Place;
  readonly node: Node;
}

/** A name leads out of what can be read here: into a package, or nowhere. */
export const UNSEEN = 'unseen';
export type Found = Definition | typeof UNSEEN | undefined;

/** Modules hand names on in circles. */
const LONGEST_WAY = 8;

/** Opens a module, once; undefined where it does not parse. */
export function placeOf(repo: Repo, app: NextApp, path: string): Place | undefined {
  const module = peekModule(repo, path);
  return module && places(repo)(app)(module);
}

const places = oncePer((repo: Repo) =>
  oncePer((app: NextApp) =>
    oncePer((module: SourceModule): Place => ({ repo, app, module, code: module.withoutComments })),
  ),
);

/** The source of a node, without comments. */
export function sourceOf({ place, node }: Definition): string {
  return place.code.slice(node.start, node.end);
}

/** What a name of a module's top level stands for; undefined for a name that the module does not know. */
export function definitionOf(place: Place, name: string, way = 0): Found {
  if (way > LONGEST_WAY) return UNSEEN;
  const value = valuesIn(place.module).get(name);
  if (value?.type === 'Identifier') return definitionOf(place, value.name, way + 1) ?? UNSEEN;
  if (value) return { place, node: value };
  const [object = '', member, ...deeper] = name.split('.');
  if (member !== undefined) return deeper.length > 0 ? undefined : memberOf(place, object, member, way);
  for (const { moduleRequest, entries } of place.module.imports) {
    const entry = entries.find(({ localName }) => localName.value === name);
    if (!entry) continue;
    const { kind, name: imported } = entry.importName;
    if (kind === 'NamespaceObject') return UNSEEN;
    return follow(place, moduleRequest.value, kind === 'Default' ? 'default' : (imported ?? ''), way);
  }
  return undefined;
}

/** `guard.check` of `import * as guard from './guard'`. */
function memberOf(place: Place, object: string, member: string, way: number): Found {
  for (const { moduleRequest, entries } of place.module.imports) {
    const entry = entries.find(({ localName }) => localName.value === object);
    if (entry?.importName.kind === 'NamespaceObject') return follow(place, moduleRequest.value, member, way);
  }
  return undefined;
}

/** What a module exports under a name, there or in the module that it takes it from. */
export function exportOf(place: Place, name: string, way = 0): Found {
  if (way > LONGEST_WAY) return UNSEEN;
  const entries = place.module.exports.flatMap((each) => each.entries).filter(({ isType }) => !isType);
  for (const { exportName, importName, localName, moduleRequest } of entries) {
    if ((exportName.kind === 'Default' ? 'default' : exportName.name) !== name) continue;
    if (moduleRequest) {
      return importName.kind === 'Name'
        ? follow(place, moduleRequest.value, importName.name ?? '', way)
        : UNSEEN;
    }
    return definitionOf(place, localName.name ?? 'default', way) ?? UNSEEN;
  }
  const whole = entries.filter(
    ({ exportName, moduleRequest }) => exportName.kind === 'None' && moduleRequest,
  );
  const found = whole.map(({ moduleRequest }) => follow(place, moduleRequest?.value ?? '', name, way));
  return found.find((each) => each !== undefined && each !== UNSEEN) ?? found.find((each) => each === UNSEEN);
}

function follow({ repo, app, module }: Place, specifier: string, name: string, way: number): Found {
  const target = resolveImport(repo, app, module.path, specifier);
  const place = target === undefined ? undefined : placeOf(repo, app, target);
  return place ? exportOf(place, name, way + 1) : UNSEEN;
}

/** What a module declares at its top level; of two with one name the first. */
const valuesIn = oncePer((module: SourceModule): ReadonlyMap<string, Node> => {
  const values = module.program.body.flatMap(valuesOf).reverse();
  return new Map(values.map(({ name, node }) => [name, node]));
});

interface Value {
  readonly name: string;
  readonly node: Node;
}

/** The names that a statement of the top level declares. */
function valuesOf(statement: Program['body'][number]): readonly Value[] {
  if (statement.type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    const own = { name: 'default', node: declaration };
    return declaration.type === 'FunctionDeclaration' && declaration.id
      ? [own, { name: declaration.id.name, node: declaration }]
      : [own];
  }
  const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (node?.type === 'FunctionDeclaration' && node.id) return [{ name: node.id.name, node }];
  if (node?.type !== 'VariableDeclaration') return [];
  return node.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init ? [{ name: id.name, node: init }] : [],
  );
}
