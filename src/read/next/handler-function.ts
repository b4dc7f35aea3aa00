import type { Function as AnyFunction, Expression, Statement } from 'oxc-parser';
import type { SourceModule } from '../../repo/repo.ts';

/** A function as it is declared or as an arrow. */
export type HandlerFunction = AnyFunction | Extract<Expression, { readonly type: 'ArrowFunctionExpression' }>;

/** The function that a module itself exports under a name; undefined where it is made by a call or comes from elsewhere. */
export function handlerFunction({ program }: SourceModule, name: string): HandlerFunction | undefined {
  const local = program.body.flatMap((statement) => localName(statement, name))[0] ?? name;
  return program.body.flatMap((statement) => functionNamed(statement, local))[0];
}

/** `export { handler as GET }` */
function localName(statement: Statement, exported: string): readonly string[] {
  if (statement.type !== 'ExportNamedDeclaration' || statement.source) return [];
  return statement.specifiers.flatMap((each) =>
    each.exported.type === 'Identifier' && each.exported.name === exported && each.local.type === 'Identifier'
      ? [each.local.name]
      : [],
  );
}

function functionNamed(statement: Statement, name: string): readonly HandlerFunction[] {
  if (statement.type === 'ExportNamedDeclaration')
    return statement.declaration ? functionNamed(statement.declaration, name) : [];
  if (statement.type === 'FunctionDeclaration') return statement.id?.name === name ? [statement] : [];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' &&
    id.name === name &&
    (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
      ? [init]
      : [],
  );
}
