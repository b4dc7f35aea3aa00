import type { Expression, Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { type ImportScope, peekModule, requestsOf, resolveImport } from '../code/imports.ts';
import { childrenOf } from '../code/nodes-at.ts';
import { type FunctionNode, isFunction, namesOf, ownFunction, rootOf } from './own-functions.ts';

type Scope = Pick<ImportScope, 'dir'>;

/** A constant of the repository by its value. */
export interface Constant {
  readonly module: SourceModule;
  readonly node: Expression;
}

/** What a name of a module was set to once, here or in the module that it is imported from. */
export function constantBehind(
  repo: Repo,
  scope: Scope,
  module: SourceModule,
  name: string,
): Constant | undefined {
  const own = namesOf(module).constants.get(name);
  if (own) return { module, node: own };
  const request = requestsOf(module).find(({ local }) => local === name);
  const path = request && resolveImport(repo, scope, module.path, request.specifier);
  const other = path === undefined ? undefined : peekModule(repo, path);
  if (!request || !other) return undefined;
  const exported = request.name === 'default' ? defaultOf(other) : namesOf(other).constants.get(request.name);
  return exported && { module: other, node: exported };
}

function defaultOf(module: SourceModule): Expression | undefined {
  for (const statement of module.program.body) {
    if (statement.type !== 'ExportDefaultDeclaration') continue;
    const { declaration } = statement;
    if (declaration.type === 'Identifier') return namesOf(module).constants.get(declaration.name);
    if (declaration.type === 'CallExpression' || declaration.type === 'NewExpression') return declaration;
  }
  return undefined;
}

/** What a name was made with: the specifier of the package, and the place where that was done. */
export interface Origin {
  readonly specifier: string;
  readonly made: Constant | undefined;
}

const DEEPEST = 5;

/** The installed package that a callee comes from, through what made it: `api` of `export const api = axios.create()`. */
export function originOf(
  repo: Repo,
  scope: Scope,
  module: SourceModule,
  node: Node,
  depth = 0,
): Origin | undefined {
  const root = rootOf(node);
  if (depth > DEEPEST) return undefined;
  if (root.type === 'NewExpression')
    return from(originOf(repo, scope, module, root.callee, depth + 1), { module, node: root });
  if (root.type !== 'Identifier') return undefined;
  const request = requestsOf(module).find(({ local }) => local === root.name);
  const isInstalled = request && resolveImport(repo, scope, module.path, request.specifier) === undefined;
  if (isInstalled) return { specifier: request.specifier, made: undefined };
  const constant = constantBehind(repo, scope, module, root.name);
  if (constant && !isFunction(constant.node))
    return from(originOf(repo, scope, constant.module, unwaited(constant.node), depth + 1), constant);
  const maker = ownFunction(repo, scope, module, root);
  const made = maker && madeBy(maker.node);
  return (
    maker &&
    made &&
    from(originOf(repo, scope, maker.module, made, depth + 1), { module: maker.module, node: made })
  );
}

/** What a function answers: a name in it stands for what it was set to there. */
function madeBy({ body }: FunctionNode): Expression | undefined {
  if (!body) return undefined;
  const answer = body.type === 'BlockStatement' ? returnedBy(body) : body;
  return answer?.type === 'Identifier' ? (localValue(body, answer.name) ?? answer) : answer;
}

function localValue(node: Node, name: string): Expression | undefined {
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name)
    return node.init ? unwaited(node.init) : undefined;
  for (const child of childrenOf(node)) {
    const found = isFunction(child) ? undefined : localValue(child, name);
    if (found) return found;
  }
  return undefined;
}

function from(origin: Origin | undefined, made: Constant): Origin | undefined {
  return origin && { specifier: origin.specifier, made: origin.made ?? made };
}

function unwaited(node: Expression): Expression {
  return node.type === 'AwaitExpression' ? node.argument : node;
}

function returnedBy(statement: Node): Expression | undefined {
  if (statement.type === 'ReturnStatement')
    return statement.argument ? unwaited(statement.argument) : undefined;
  for (const child of childrenOf(statement)) {
    const found = /Statement$/.test(child.type) ? returnedBy(child) : undefined;
    if (found) return found;
  }
  return undefined;
}
