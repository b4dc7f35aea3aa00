import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import { bare, symbolOf } from './meaning.ts';
import { ANYTHING, isAnything, objectOf, oneOf, type Schema } from './schema.ts';
import type { TypeSchemas } from './type-schema.ts';

/** What values of the code become in JSON. */
export interface ValueSchemas {
  of(node: ts.Expression): Schema;
}

/** Reads schemas from expressions: what is written out by itself, everything else by its type. */
export function valueSchemas(code: TypedCode, types: TypeSchemas): ValueSchemas {
  const own: Reader = { code, types };
  return { of: (node) => schemaOf(own, node, 0) };
}

interface Reader {
  readonly code: TypedCode;
  readonly types: TypeSchemas;
}

function schemaOf(own: Reader, node: ts.Expression, depth: number): Schema {
  const ts = typescript();
  if (depth > 8) return ANYTHING;
  if (ts.isAsExpression(node) && node.type.getText() !== 'const')
    return typed(own, node) ?? schemaOf(own, node.expression, depth);
  const value = bare(node);
  if (ts.isObjectLiteralExpression(value)) return objectSchema(own, value, depth);
  if (ts.isArrayLiteralExpression(value)) {
    const items = value.elements.map((each) =>
      ts.isSpreadElement(each)
        ? itemsOf(schemaOf(own, each.expression, depth + 1))
        : schemaOf(own, each, depth + 1),
    );
    return { type: 'array', items: oneOf(items) };
  }
  if (ts.isConditionalExpression(value))
    return oneOf([schemaOf(own, value.whenTrue, depth + 1), schemaOf(own, value.whenFalse, depth + 1)]);
  if (isFallback(value))
    return oneOf([schemaOf(own, value.left, depth + 1), schemaOf(own, value.right, depth + 1)]);
  return written(own, value, depth) ?? wellKnown(value) ?? typed(own, value) ?? declared(own, value, depth);
}

/** `a ?? b`, `a || b` */
function isFallback(node: ts.Expression): node is ts.BinaryExpression {
  const ts = typescript();
  return ts.isBinaryExpression(node) && /^(?:\?\?|\|\|)$/.test(node.operatorToken.getText());
}

/** `const answer = { … }`: what is written out says more than its type. */
function written(own: Reader, node: ts.Expression, depth: number): Schema | undefined {
  const ts = typescript();
  const declaration = ts.isIdentifier(node) ? symbolOf(own.code, node)?.valueDeclaration : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || declaration.type) return undefined;
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const value = declaration.initializer && bare(declaration.initializer);
  return isConstant && value && ts.isObjectLiteralExpression(value)
    ? schemaOf(own, value, depth + 1)
    : undefined;
}

function itemsOf(schema: Schema): Schema {
  return schema.items ?? ANYTHING;
}

/** What its type says: nothing where it is of any type. */
function typed({ code, types }: Reader, node: ts.Expression): Schema | undefined {
  const ts = typescript();
  const { checker } = code;
  const literal = checker.getTypeAtLocation(node);
  const type =
    literal.isLiteral() || literal.flags & ts.TypeFlags.BooleanLiteral
      ? checker.getBaseTypeOfLiteralType(literal)
      : literal;
  const schema = types.of(checker.getAwaitedType(type) ?? type);
  return isAnything(schema) ? undefined : schema;
}

/** `const response: any = { … }`: what it begins with is seen, and more may be added. */
function declared(own: Reader, node: ts.Expression, depth: number): Schema {
  const ts = typescript();
  if (!ts.isIdentifier(node)) return ANYTHING;
  const declaration = symbolOf(own.code, node)?.valueDeclaration;
  const value = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer;
  if (!value || !ts.isObjectLiteralExpression(bare(value))) return ANYTHING;
  return { ...schemaOf(own, value, depth + 1), additionalProperties: true };
}

/** Calls whose result is more exactly known than its type says. */
function wellKnown(node: ts.Expression): Schema | undefined {
  const ts = typescript();
  if (ts.isNumericLiteral(node)) return { type: Number.isInteger(Number(node.text)) ? 'integer' : 'number' };
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'length') return { type: 'integer' };
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  if (name.text === 'toISOString') return { type: 'string', format: 'date-time' };
  if (expression.getText() === 'Date' && name.text === 'now') return { type: 'integer' };
  const rounds = name.text === 'round' || name.text === 'floor' || name.text === 'ceil';
  return rounds && expression.getText() === 'Math' ? { type: 'integer' } : undefined;
}

function objectSchema(
  own: Reader,
  { properties: written }: ts.ObjectLiteralExpression,
  depth: number,
): Schema {
  const ts = typescript();
  const properties: Record<string, Schema> = {};
  const required = new Set<string>();
  let isOpen = false;
  for (const each of written) {
    if (ts.isSpreadAssignment(each)) {
      const spread = spreadSchema(own, each.expression, depth + 1);
      Object.assign(properties, spread.properties);
      for (const name of spread.required ?? []) required.add(name);
      isOpen ||= spread.properties === undefined || spread.additionalProperties !== undefined;
      continue;
    }
    const value = ts.isShorthandPropertyAssignment(each)
      ? each.name
      : ts.isPropertyAssignment(each)
        ? each.initializer
        : undefined;
    if (!value || !each.name || ts.isComputedPropertyName(each.name)) {
      isOpen = true;
      continue;
    }
    properties[each.name.text] = schemaOf(own, value, depth + 1);
    if (isAlways(own, value)) required.add(each.name.text);
  }
  return objectOf(properties, [...required], isOpen);
}

/** What is taken over is written out, also where it has a name. */
function spreadSchema(own: Reader, node: ts.Expression, depth: number): Schema {
  const schema = schemaOf(own, node, depth);
  return schema.$ref === undefined ? schema : own.types.shape(own.code.checker.getTypeAtLocation(node));
}

/** Whether a value is written to JSON for sure: one that may be undefined, or is of any type, is not. */
function isAlways({ code: { checker } }: Reader, node: ts.Expression): boolean {
  const ts = typescript();
  const value = bare(node);
  if (isFallback(value) && ts.isLiteralExpression(value.right)) return true;
  const type = checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  const { Any, Unknown, Undefined, Void } = ts.TypeFlags;
  return parts.every(({ flags }) => (flags & (Any | Unknown | Undefined | Void)) === 0);
}
