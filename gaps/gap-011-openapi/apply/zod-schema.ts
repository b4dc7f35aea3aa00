import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import { ZOD_SCALARS } from '../tables.ts';
import { constantOf, isFrom, meant } from './meaning.ts';
import { ANYTHING, isAnything, objectOf, oneOf, type Schema } from './schema.ts';
import { needed, orNull, type ZodCall, type ZodSchema } from './zod-call.ts';
import { refined } from './zod-methods.ts';

/** Reads `z.object({…}).strict()` and the like; undefined for what is no schema of zod (zod.dev/api). */
export function zodSchema(code: TypedCode, node: ts.Expression, depth = 0): ZodSchema | undefined {
  const ts = typescript();
  if (depth > 12) return undefined;
  const value = meant(code, node);
  if (!value || !ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression))
    return undefined;
  const { expression, name } = value.expression;
  const read: ZodCall = {
    code,
    args: value.arguments,
    inside: (each) => (each && zodSchema(code, each, depth + 1)?.schema) ?? ANYTHING,
    shape: (each, isOpen) => objectSchema(code, each, depth + 1, isOpen),
  };
  if (isFrom(code, rootOf(expression), 'zod')) {
    const made = makerSchema(read, name.text);
    if (made) return made;
  }
  const inner = zodSchema(code, expression, depth + 1);
  return inner && refined(read, name.text, inner);
}

/** `z.coerce.number` stands on z. */
function rootOf(node: ts.Expression): ts.Expression {
  const ts = typescript();
  return ts.isPropertyAccessExpression(node) && !ts.isCallExpression(node.expression)
    ? rootOf(node.expression)
    : node;
}

/** What a function of z makes. */
function makerSchema(read: ZodCall, maker: string): ZodSchema | undefined {
  const scalar = ZOD_SCALARS.get(maker);
  if (scalar) return needed(scalar);
  const [first, second] = read.args;
  switch (maker) {
    case 'object':
    case 'strictObject':
    case 'looseObject':
      return first && needed(read.shape(first, maker === 'looseObject'));
    case 'array':
    case 'set':
      return needed({ type: 'array', items: read.inside(first) });
    case 'tuple':
    case 'union':
      return needed(severalOf(read, first, maker));
    case 'discriminatedUnion':
      return needed(severalOf(read, second, 'union'));
    case 'enum':
    case 'literal':
      return needed(constantsIn(read, first));
    case 'record':
    case 'partialRecord':
      return needed({ type: 'object', additionalProperties: orTrue(read.inside(second ?? first)) });
    case 'preprocess':
      return needed(read.inside(second));
    case 'optional':
      return { schema: read.inside(first), isOptional: true };
    case 'nullable':
      return needed(orNull(read.inside(first)));
    case 'intersection':
      return needed({ allOf: [read.inside(first), read.inside(second)] });
    default:
      return /^[a-z]/.test(maker) ? needed(ANYTHING) : undefined;
  }
}

function orTrue(schema: Schema): Schema | true {
  return isAnything(schema) ? true : schema;
}

function objectSchema(code: TypedCode, node: ts.Expression, depth: number, isOpen: boolean): Schema {
  const ts = typescript();
  const shape = meant(code, node);
  if (!shape || !ts.isObjectLiteralExpression(shape)) return { type: 'object', additionalProperties: true };
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  let isWhole = true;
  for (const each of shape.properties) {
    const value = ts.isPropertyAssignment(each) ? each.initializer : undefined;
    if (!value || !each.name || ts.isComputedPropertyName(each.name)) {
      isWhole = false;
      continue;
    }
    const name = each.name.text;
    const read = zodSchema(code, value, depth);
    properties[name] = read?.schema ?? ANYTHING;
    if (read && !read.isOptional) required.push(name);
  }
  return objectOf(properties, required, isOpen || !isWhole);
}

function severalOf(read: ZodCall, list: ts.Expression | undefined, kind: 'tuple' | 'union'): Schema {
  const ts = typescript();
  const found = list && meant(read.code, list);
  if (!found || !ts.isArrayLiteralExpression(found)) return ANYTHING;
  const each = found.elements.map((element) => read.inside(element));
  return kind === 'union' ? oneOf(each) : { type: 'array', items: oneOf(each) };
}

/** `z.enum(['a', 'b'])`, `z.literal('a')`, also of a constant list. */
function constantsIn({ code }: ZodCall, node: ts.Expression | undefined): Schema {
  const ts = typescript();
  const list = node && meant(code, node);
  if (!list) return ANYTHING;
  const values = (ts.isArrayLiteralExpression(list) ? list.elements : [list]).map((each) =>
    constantOf(code, each),
  );
  const known = values.flatMap((each) => (each === undefined || each === null ? [] : [each]));
  const [first] = known;
  if (first === undefined || known.length !== values.length) return ANYTHING;
  const type = typeof first;
  if (known.some((each) => typeof each !== type)) return ANYTHING;
  if (type !== 'string' && type !== 'number' && type !== 'boolean') return ANYTHING;
  return { type, enum: known };
}
