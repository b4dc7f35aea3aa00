import type { Expression, Statement } from 'oxc-parser';
import type { Repo, SourceModule } from '../../repo/repo.ts';
import { type ImportScope, peekModule, requestsOf, resolveImport } from './imports.ts';

/** An expression, and the module that it stands in. */
export interface ValueAt {
  readonly module: SourceModule;
  readonly value: Expression;
}

const MOST_STEPS = 12;

/**
 * What an expression stands for: names are followed to the constants they were declared as, through imports and lists
 * that hand names on; types around a value are taken off. Undefined where the way ends at something else.
 */
export function resolvedValue(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  from: ValueAt,
  steps = MOST_STEPS,
): ValueAt | undefined {
  const value = withoutTypes(from.value);
  if (value.type !== 'Identifier') return { module: from.module, value };
  const next = steps === 0 ? undefined : named(repo, scope, from.module, value.name, steps - 1);
  return next && resolvedValue(repo, scope, next, steps - 1);
}

/** The constant that a module calls by a name of its own, or takes from another one. */
function named(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  module: SourceModule,
  name: string,
  steps: number,
): ValueAt | undefined {
  const own = module.program.body.flatMap((statement) => declared(statement, name))[0];
  if (own) return { module, value: own };
  const request = requestsOf(module).find(({ local }) => local === name);
  return request && exported(repo, scope, { module, ...request }, steps);
}

interface Export {
  readonly module: SourceModule;
  readonly specifier: string;
  readonly name: string;
}

function exported(
  repo: Repo,
  scope: Pick<ImportScope, 'dir'>,
  { module, specifier, name }: Export,
  steps: number,
): ValueAt | undefined {
  const path = resolveImport(repo, scope, module.path, specifier);
  const target = path === undefined || steps <= 0 ? undefined : peekModule(repo, path);
  if (!target) return undefined;
  const local = target.program.body.flatMap((statement) => exportedAs(statement, name))[0];
  if (local) return { module: target, value: local };
  const own = target.program.body.flatMap((statement) => declared(statement, name))[0];
  if (own) return { module: target, value: own };
  for (const request of requestsOf(target)) {
    if (request.exportedAs !== name && request.exportedAs !== '*') continue;
    const wanted = request.exportedAs === '*' ? name : request.name;
    const found = exported(
      repo,
      scope,
      { module: target, specifier: request.specifier, name: wanted },
      steps - 1,
    );
    if (found) return found;
  }
  return undefined;
}

/** The value that a statement exports as its default, or under another name than its own. */
function exportedAs(statement: Statement, name: string): readonly Expression[] {
  if (statement.type === 'ExportDefaultDeclaration')
    return name === 'default' && isExpression(statement.declaration) ? [statement.declaration] : [];
  if (statement.type !== 'ExportNamedDeclaration' || statement.source) return [];
  return statement.specifiers.flatMap(({ exported: as, local }) =>
    as.type === 'Identifier' && as.name === name && local.type === 'Identifier' && local.name !== name
      ? [local]
      : [],
  );
}

function isExpression(node: { readonly type: string }): node is Expression {
  return !/Declaration$|^TSDeclare/.test(node.type);
}

function declared(statement: Statement, name: string): readonly Expression[] {
  if (statement.type === 'ExportNamedDeclaration')
    return statement.declaration ? declared(statement.declaration, name) : [];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && id.name === name && init ? [init] : [],
  );
}

/** `x as const`, `x satisfies T`, `x!` and `Object.freeze(x)` stand for x. */
export function withoutTypes(value: Expression): Expression {
  switch (value.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return withoutTypes(value.expression);
    case 'CallExpression': {
      const [first] = value.arguments;
      const { callee } = value;
      const isFrozen =
        callee.type === 'MemberExpression' &&
        callee.property.type === 'Identifier' &&
        callee.property.name === 'freeze';
      return isFrozen && first && first.type !== 'SpreadElement' ? withoutTypes(first) : value;
    }
    default:
      return value;
  }
}
