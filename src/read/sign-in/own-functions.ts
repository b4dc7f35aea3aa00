import type { Function as AnyFunction, Expression, Node } from 'oxc-parser';
import { oncePer } from '../../repo/once.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { type ImportScope, peekModule, requestsOf, resolveImport } from '../code/imports.ts';
import { walk } from '../code/walk.ts';

/** A function as it is written: declared, an expression or an arrow. */
export type FunctionNode = AnyFunction | Extract<Expression, { readonly type: 'ArrowFunctionExpression' }>;

/** A function of the repository, and the module in which it stands. */
export interface OwnFunction {
  readonly module: SourceModule;
  readonly node: FunctionNode;
}

/** What the names of a module stand for: its constants by their value, and its functions and methods. */
export interface ModuleNames {
  readonly functions: ReadonlyMap<string, FunctionNode>;
  /** Those of classes and objects. */
  readonly methods: ReadonlyMap<string, FunctionNode>;
  readonly constants: ReadonlyMap<string, Expression>;
}

/** Whether a node is a function. */
export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** The functions, methods and constants of a module by their names; read once. */
export const namesOf = oncePer((module: SourceModule): ModuleNames => {
  const functions = new Map<string, FunctionNode>();
  const methods = new Map<string, FunctionNode>();
  const constants = new Map<string, Expression>();
  const keep = (to: Map<string, FunctionNode>, key: Node | null, value: Node | null) => {
    const name = key?.type === 'Identifier' ? key.name : undefined;
    if (name !== undefined && value && isFunction(value) && !to.has(name)) to.set(name, value);
  };
  walk(module, {
    FunctionDeclaration: (node) => keep(functions, node.id, node),
    MethodDefinition: ({ key, value }) => keep(methods, key, value),
    PropertyDefinition: ({ key, value }) => keep(methods, key, value),
    Property: ({ key, value }) => keep(methods, key, value),
    VariableDeclaration: ({ kind, declarations }) => {
      for (const { id, init } of declarations) {
        keep(functions, id, init && wrapped(init));
        if (kind === 'const' && id.type === 'Identifier' && init) constants.set(id.name, init);
      }
    },
    ExportDefaultDeclaration: ({ declaration }) => {
      if (isFunction(declaration)) functions.set('default', declaration);
    },
  });
  return { functions, methods, constants };
});

/** `cache(async () => …)`, `action(schema, async () => …)`: the function that a wrapper is handed. */
function wrapped(init: Expression): Node {
  if (init.type !== 'CallExpression') return init;
  return init.arguments.find((each) => isFunction(each)) ?? init;
}

/** Where a callee begins: `a` of `a.b.c()`, of `a().b()` and of `a()`. */
export function rootOf(node: Node): Node {
  if (node.type === 'MemberExpression') return rootOf(node.object);
  if (node.type === 'CallExpression') return rootOf(node.callee);
  if (node.type === 'AwaitExpression') return rootOf(node.argument);
  return node;
}

/** The last name of a callee: `c` of `a.b.c()`. */
export function lastName(callee: Node): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : undefined;
}

/** The name of a property, where it is written out. */
export function nameOf(key: Node): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

/** An expression without what only waits for it, or says its type. */
export function withoutWait(node: Expression): Expression {
  if (node.type === 'AwaitExpression') return withoutWait(node.argument);
  if (
    node.type === 'ParenthesizedExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSNonNullExpression' ||
    node.type === 'ChainExpression'
  )
    return withoutWait(node.expression);
  return node;
}

/** What a name of a module is imported from, as it is written there. */
export function specifierOf(module: SourceModule, name: string): string | undefined {
  return requestsOf(module).find(({ local }) => local === name)?.specifier;
}

interface LateName {
  readonly specifier: string;
  readonly name: string;
}

/** `const { send } = await import('./mail')`: what late imports bring under which names. */
const lateNamesOf = oncePer((module: SourceModule): ReadonlyMap<string, LateName> => {
  const names = new Map<string, LateName>();
  if (module.lateImports.length === 0) return names;
  walk(module, {
    VariableDeclarator: ({ id, init }) => {
      const loaded = init?.type === 'AwaitExpression' ? init.argument : undefined;
      if (loaded?.type !== 'ImportExpression' || loaded.source.type !== 'Literal') return;
      const specifier = String(loaded.source.value);
      if (id.type === 'Identifier') names.set(id.name, { specifier, name: '*' });
      for (const property of id.type === 'ObjectPattern' ? id.properties : [])
        if (property.type === 'Property' && property.value.type === 'Identifier')
          names.set(property.value.name, { specifier, name: nameOf(property.key) ?? '' });
    },
  });
  return names;
});

/** The function of this repository that a callee stands for; undefined where it is installed or not to be seen. */
export function ownFunction(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  module: SourceModule,
  callee: Node,
): OwnFunction | undefined {
  const root = rootOf(callee);
  const name = lastName(callee);
  if (root.type !== 'Identifier' || name === undefined) return undefined;
  const request =
    requestsOf(module).find(({ local }) => local === root.name) ?? lateNamesOf(module).get(root.name);
  if (!request) {
    const { functions, methods } = namesOf(module);
    const node = (callee.type === 'Identifier' ? functions : methods).get(name);
    return node && { module, node };
  }
  const path = resolveImport(repo, scope, module.path, request.specifier);
  const wanted = callee.type === 'Identifier' ? request.name : name;
  return path === undefined ? undefined : exportedFunction(repo, scope, { path, name: wanted });
}

const DEEPEST = 4;

/** A function that a module exports under a name, through the modules that export it again. */
function exportedFunction(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  { path, name }: { readonly path: string; readonly name: string },
  depth = 0,
): OwnFunction | undefined {
  const module = depth < DEEPEST ? peekModule(repo, path) : undefined;
  if (!module) return undefined;
  const { functions, methods } = namesOf(module);
  const node = functions.get(name) ?? methods.get(name);
  if (node) return { module, node };
  for (const { exportedAs, name: original, specifier } of requestsOf(module)) {
    if (exportedAs !== name && exportedAs !== '*') continue;
    const next = resolveImport(repo, scope, path, specifier);
    const wanted = exportedAs === '*' ? name : original;
    const found = next && exportedFunction(repo, scope, { path: next, name: wanted }, depth + 1);
    if (found) return found;
  }
  return undefined;
}
