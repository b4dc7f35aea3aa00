import type { Node } from 'oxc-parser';
import { oncePer } from '../../repo/once.ts';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { type ModuleRequest, peekModule, requestsOf } from './imports.ts';

/** A top-level statement that runs: the names it declares, and its code without comments. */
export interface ModulePart {
  readonly names: readonly string[];
  readonly code: string;
}

/** A module taken apart into its statements, so that the code of one name can be told from that of others. */
export interface ModuleParts {
  /** The statements of each name; an exported name of a list stands for the local one. */
  readonly byName: ReadonlyMap<string, readonly ModulePart[]>;
  /** What the module takes from others, by its local or exported name. */
  readonly taken: ReadonlyMap<string, ModuleRequest>;
  /** `export * from`: names that are found nowhere else may come from there. */
  readonly starred: readonly string[];
  /** The local name of what is exported under another one. */
  readonly aliases: ReadonlyMap<string, string>;
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** Takes a module apart, once; undefined where it is no code, or cannot be read or parsed. */
export function modulePartsOf(repo: Repo, path: string): ModuleParts | undefined {
  const known = parts(repo);
  if (!known.has(path)) {
    const module = CODE.test(path) ? peekModule(repo, path) : undefined;
    known.set(path, module && takeApart(module));
  }
  return known.get(path);
}

const parts = oncePer((_repo: Repo) => new Map<string, ModuleParts | undefined>());

function takeApart(module: SourceModule): ModuleParts {
  const code = module.withoutComments;
  const byName = new Map<string, ModulePart[]>();
  for (const statement of module.program.body) {
    const names = namesOf(statement);
    const part = { names, code: code.slice(statement.start, statement.end) };
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), part]);
  }
  const asked = requestsOf(module);
  const taken = asked.flatMap((request) => {
    const name = request.exportedAs ?? request.local;
    return name === undefined || name === '*' ? [] : [[name, request] as const];
  });
  const starred = asked.filter(({ exportedAs }) => exportedAs === '*').map(({ specifier }) => specifier);
  return { byName, taken: new Map(taken), starred, aliases: new Map(module.program.body.flatMap(aliasesOf)) };
}

/** The names that a statement declares or, where it is called or assigned to, adds to. */
function namesOf(statement: Node): readonly string[] {
  switch (statement.type) {
    case 'ExportDefaultDeclaration':
      return ['default', ...namesOf(statement.declaration)];
    case 'ExportNamedDeclaration':
      return statement.declaration ? namesOf(statement.declaration) : [];
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id ? [statement.id.name] : [];
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => boundIn(id));
    case 'ExpressionStatement':
      return rootsOf(statement.expression);
    default:
      return [];
  }
}

function boundIn(pattern: Node): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        boundIn(each.type === 'RestElement' ? each.argument : each.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each ? boundIn(each) : []));
    case 'AssignmentPattern':
      return boundIn(pattern.left);
    case 'RestElement':
      return boundIn(pattern.argument);
    default:
      return [];
  }
}

/** `handler.use(auth)` adds to `handler`; `module.exports = handler` is what others get. */
function rootsOf(expression: Node): readonly string[] {
  switch (expression.type) {
    case 'AssignmentExpression':
      return rootsOf(expression.left);
    case 'CallExpression':
      return rootsOf(expression.callee);
    case 'AwaitExpression':
      return rootsOf(expression.argument);
    case 'MemberExpression': {
      const [root = ''] = rootsOf(expression.object);
      return root === 'module' ? ['default'] : [root];
    }
    default:
      return expression.type === 'Identifier' ? [expression.name] : [];
  }
}

function aliasesOf(statement: Node): readonly (readonly [string, string])[] {
  if (statement.type !== 'ExportNamedDeclaration' || statement.source) return [];
  return statement.specifiers.map(({ exported, local }) => [nameOf(exported), nameOf(local)]);
}

function nameOf(name: { readonly type: string; readonly name?: string; readonly value?: unknown }): string {
  return name.name ?? String(name.value);
}
