import type {
  Argument,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Expression,
  FunctionBody,
  JSXChild,
  Statement,
} from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import { hasDefaultExport, isClient } from '../../../src/read/code/component-file.ts';
import { findClientOnly } from './client-only.ts';

/** Why a loading file that is there shows nothing, or breaks the build. */
export interface Defect {
  readonly code:
    | 'loading-without-export'
    | 'loading-renders-nothing'
    | 'loading-not-client'
    | 'loading-awaits';
  readonly at: number;
  /** What only a client component may use. */
  readonly what?: string;
}

/** What keeps a loading file from showing anything. Throws SourceError where it does not parse. */
export function defectOf(repo: Repo, path: string): Defect | undefined {
  const module = repo.module(path);
  const exported = defaultExpression(module);
  const hasExport = hasDefaultExport(module) || /\bmodule\.exports\b/.test(module.text);
  if (!hasExport || exported === 'no component') return { code: 'loading-without-export', at: 0 };
  const client = isClient(module) ? undefined : findClientOnly(module);
  if (client) return { code: 'loading-not-client', at: client.at, what: client.what };
  if (exported === undefined) return undefined;
  const { start, end, body } = exported;
  if (exported.async && /\bawait\b/.test(module.text.slice(start, end)))
    return { code: 'loading-awaits', at: start };
  return rendersNothing(body) ? { code: 'loading-renders-nothing', at: start } : undefined;
}

export interface Component {
  readonly start: number;
  readonly end: number;
  readonly async: boolean;
  readonly body: FunctionBody | Expression | null;
}

/** The function behind the default export; undefined where it stands elsewhere or is made by a call. */
export function defaultExpression({ program }: SourceModule): Component | 'no component' | undefined {
  for (const statement of program.body) {
    const found =
      statement.type === 'ExportDefaultDeclaration'
        ? defaultOf(statement.declaration)
        : statement.type === 'ExportNamedDeclaration'
          ? listedDefault(statement)
          : undefined;
    if (found === undefined) continue;
    if (found === 'no component' || 'body' in found) return found;
    return program.body.flatMap(declared).findLast(([name]) => name === found.named)?.[1];
  }
  return undefined;
}

type Exported = Component | 'no component' | { readonly named: string } | undefined;

function defaultOf(declaration: ExportDefaultDeclaration['declaration']): Exported {
  switch (declaration.type) {
    case 'Identifier':
      return { named: declaration.name };
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return declaration;
    case 'Literal':
    case 'JSXElement':
    case 'JSXFragment':
      return 'no component';
    default:
      return undefined;
  }
}

/** `export { Loading as default }`, of this module and not of another one. */
function listedDefault({ specifiers, source }: ExportNamedDeclaration): Exported {
  const entry = specifiers.find(
    ({ exported }) => exported.type === 'Identifier' && exported.name === 'default',
  );
  return !source && entry?.local.type === 'Identifier' ? { named: entry.local.name } : undefined;
}

function declared(statement: Statement): readonly (readonly [string, Component])[] {
  const declaration =
    statement.type === 'ExportNamedDeclaration' ? (statement.declaration ?? statement) : statement;
  if (declaration.type === 'FunctionDeclaration')
    return declaration.id ? [[declaration.id.name, declaration]] : [];
  if (declaration.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id, init }): (readonly [string, Component])[] =>
    id.type === 'Identifier' &&
    (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
      ? [[id.name, init]]
      : [],
  );
}

function rendersNothing(body: Component['body']): boolean {
  if (!body) return false;
  if (body.type !== 'BlockStatement') return isNothing(body);
  const returned = returnsOf(body.body);
  return returned.every((argument) => argument === null || isNothing(argument));
}

/** What the statements return, those in branches included; functions inside return for themselves. */
function returnsOf(statements: readonly Statement[]): readonly (Expression | null)[] {
  return statements.flatMap((statement): readonly (Expression | null)[] => {
    switch (statement.type) {
      case 'ReturnStatement':
        return [statement.argument];
      case 'BlockStatement':
        return returnsOf(statement.body);
      case 'IfStatement':
        return returnsOf([statement.consequent, ...(statement.alternate ? [statement.alternate] : [])]);
      case 'SwitchStatement':
        return statement.cases.flatMap(({ consequent }) => returnsOf(consequent));
      case 'TryStatement':
        return returnsOf([
          statement.block,
          ...(statement.handler ? [statement.handler.body] : []),
          ...(statement.finalizer ? [statement.finalizer] : []),
        ]);
      default:
        return [];
    }
  });
}

/** Null and its like, an empty fragment, a bare element with nothing in it. */
function isNothing(expression: Expression | Argument): boolean {
  if (expression.type === 'Literal')
    return expression.value === null || typeof expression.value === 'boolean' || expression.value === '';
  if (expression.type === 'Identifier') return expression.name === 'undefined';
  if (expression.type === 'JSXFragment') return expression.children.every(isBlank);
  return (
    expression.type === 'JSXElement' &&
    expression.openingElement.name.type === 'JSXIdentifier' &&
    /^[a-z]/.test(expression.openingElement.name.name) &&
    expression.openingElement.attributes.length === 0 &&
    expression.children.every(isBlank)
  );
}

function isBlank(child: JSXChild): boolean {
  if (child.type === 'JSXText') return child.value.trim() === '';
  if (child.type !== 'JSXExpressionContainer') return false;
  return child.expression.type === 'JSXEmptyExpression' || isNothing(child.expression);
}
