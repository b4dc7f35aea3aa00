import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import { constantOf, isCallable } from './meaning.ts';
import type { Schema } from './schema.ts';

/** What is known of a value that a handler reads by its name. */
export interface ReadParameter {
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** Reads what `searchParams.get('limit')` is used as: a number, a truth value, one that has to be there. */
export function parameterAt(code: TypedCode, call: ts.CallExpression, method: string): ReadParameter {
  const ts = typescript();
  if (method === 'has') return { schema: { type: 'string' }, isRequired: false };
  if (method === 'getAll') return { schema: { type: 'array', items: { type: 'string' } }, isRequired: false };
  const use = usedAs(code, call, { type: 'string' });
  const name =
    ts.isVariableDeclaration(use.holder) && ts.isIdentifier(use.holder.name)
      ? use.holder.name.text
      : undefined;
  const isRequired = use.schema.default === undefined && name !== undefined && isDemanded(call, name);
  return { schema: use.schema, isRequired };
}

interface Use {
  readonly schema: Schema;
  /** The node that what was read ends in. */
  readonly holder: ts.Node;
}

/** Follows what is done with a value on the spot: `Number(x ?? '20')`, `x === 'true'`. */
function usedAs(code: TypedCode, node: ts.Node, schema: Schema): Use {
  const ts = typescript();
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent))
    return usedAs(code, parent, schema);
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    const other = constantOf(code, parent.right);
    if (
      FALLBACK.test(parent.operatorToken.getText()) &&
      other !== undefined &&
      other !== null &&
      other !== ''
    )
      return usedAs(code, parent, { ...schema, default: other });
    const isTruth = other === 'true' || other === 'false';
    const description = `Counts only as '${other}'.`;
    return { schema: isTruth ? { type: 'string', description } : schema, holder: parent };
  }
  if (ts.isCallExpression(parent) && parent.arguments[0] === node) {
    const type = NUMBERS.get(parent.expression.getText());
    if (!type) return { schema, holder: parent };
    const { default: byDefault, ...rest } = schema;
    const number = Number(byDefault);
    const hasNumber = byDefault !== undefined && Number.isFinite(number);
    return usedAs(code, parent, { ...rest, type, ...(hasNumber ? { default: number } : {}) });
  }
  return { schema, holder: parent };
}

const FALLBACK = /^(?:\|\||\?\?)$/;
const NUMBERS: ReadonlyMap<string, 'number' | 'integer'> = new Map([
  ['Number', 'number'],
  ['parseFloat', 'number'],
  ['Number.parseFloat', 'number'],
  ['parseInt', 'integer'],
  ['Number.parseInt', 'integer'],
]);

/** Whether the function around a node turns a request away that lacks a value: `if (!name) return … 400`. */
export function isDemanded(node: ts.Node, name: string): boolean {
  const ts = typescript();
  const around = ts.findAncestor(node, isCallable);
  let isAsked = false;
  const visit = (each: ts.Node): void => {
    if (isAsked) return;
    if (ts.isIfStatement(each) && refuses(each.thenStatement) && deniesOne(each.expression, name))
      isAsked = true;
    ts.forEachChild(each, visit);
  };
  if (around) visit(around);
  return isAsked;
}

/** `!a || !b`: either one missing is enough. */
function deniesOne(test: ts.Expression, name: string): boolean {
  const ts = typescript();
  if (ts.isParenthesizedExpression(test)) return deniesOne(test.expression, name);
  if (ts.isBinaryExpression(test) && test.operatorToken.kind === ts.SyntaxKind.BarBarToken)
    return deniesOne(test.left, name) || deniesOne(test.right, name);
  return (
    ts.isPrefixUnaryExpression(test) &&
    test.operator === ts.SyntaxKind.ExclamationToken &&
    isNamed(test.operand, name)
  );
}

/** `name`, `body.name`, `name?.trim()` */
function isNamed(node: ts.Expression, name: string): boolean {
  const ts = typescript();
  if (ts.isIdentifier(node)) return node.text === name;
  if (ts.isCallExpression(node))
    return ts.isPropertyAccessExpression(node.expression) && isNamed(node.expression.expression, name);
  return ts.isPropertyAccessExpression(node) && node.name.text === name;
}

function refuses(statement: ts.Statement): boolean {
  return /\b4(?:00|22)\b/.test(statement.getText());
}
