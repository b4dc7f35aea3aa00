import type { ts } from 'ts-morph';
import { lazy } from '../../../src/repo/lazy.ts';
import { ZOD_FORMATS, ZOD_SCALARS } from '../tables.ts';
import { constantOf, isFrom, meant } from './meaning.ts';
import { ANYTHING, isAnything, objectOf, oneOf, type Schema } from './schema.ts';
import type { TypedCode } from './typed-code.ts';

/** A schema of zod as a schema of OpenAPI, with whether the value may be left out. */
export interface ZodSchema {
  readonly schema: Schema;
  readonly isOptional: boolean;
}

/** Reads `z.object({…}).strict()` and the like; undefined for what is no schema of zod (zod.dev/api). */
export function zodSchema(code: TypedCode, node: ts.Expression, depth = 0): ZodSchema | undefined {
  const { ts } = lazy.tsMorph();
  if (depth > 12) return undefined;
  const value = meant(code, node);
  if (!value || !ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression))
    return undefined;
  const { expression, name } = value.expression;
  const read: Reading = { code, depth: depth + 1, args: value.arguments };
  if (isFrom(code, rootOf(expression), 'zod')) {
    const made = makerSchema(read, name.text);
    if (made) return made;
  }
  const inner = zodSchema(code, expression, depth + 1);
  return inner && refined(read, name.text, inner);
}

interface Reading {
  readonly code: TypedCode;
  readonly depth: number;
  readonly args: readonly ts.Expression[];
}

/** `z.coerce.number` stands on z. */
function rootOf(node: ts.Expression): ts.Expression {
  const { ts } = lazy.tsMorph();
  return ts.isPropertyAccessExpression(node) && !ts.isCallExpression(node.expression)
    ? rootOf(node.expression)
    : node;
}

const required = (schema: Schema): ZodSchema => ({ schema, isOptional: false });

/** What a function of z makes. */
function makerSchema(read: Reading, maker: string): ZodSchema | undefined {
  const scalar = ZOD_SCALARS.get(maker);
  if (scalar) return required(scalar);
  const [first, second] = read.args;
  switch (maker) {
    case 'object':
    case 'strictObject':
    case 'looseObject':
      return first && required(objectSchema(read, first, maker === 'looseObject'));
    case 'array':
    case 'set':
      return required({ type: 'array', items: inside(read, first) });
    case 'tuple':
    case 'union':
      return required(severalOf(read, first, maker));
    case 'discriminatedUnion':
      return required(severalOf(read, second, 'union'));
    case 'enum':
    case 'literal':
      return required(constantsIn(read, first));
    case 'record':
    case 'partialRecord':
      return required({ type: 'object', additionalProperties: orTrue(inside(read, second ?? first)) });
    case 'preprocess':
      return required(inside(read, second));
    case 'optional':
      return { schema: inside(read, first), isOptional: true };
    case 'nullable':
      return required(asNullable(inside(read, first)));
    case 'intersection':
      return required({ allOf: [inside(read, first), inside(read, second)] });
    default:
      return /^[a-z]/.test(maker) ? required(ANYTHING) : undefined;
  }
}

function inside({ code, depth }: Reading, node: ts.Expression | undefined): Schema {
  return (node && zodSchema(code, node, depth)?.schema) ?? ANYTHING;
}

function orTrue(schema: Schema): Schema | true {
  return isAnything(schema) ? true : schema;
}

function asNullable(schema: Schema): Schema {
  return isAnything(schema) ? schema : { ...schema, nullable: true };
}

function objectSchema({ code, depth }: Reading, node: ts.Expression, isOpen: boolean): Schema {
  const { ts } = lazy.tsMorph();
  const shape = meant(code, node);
  if (!shape || !ts.isObjectLiteralExpression(shape)) return { type: 'object', additionalProperties: true };
  const properties: Record<string, Schema> = {};
  const needed: string[] = [];
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
    if (read && !read.isOptional) needed.push(name);
  }
  return objectOf(properties, needed, isOpen || !isWhole);
}

function severalOf(read: Reading, list: ts.Expression | undefined, kind: 'tuple' | 'union'): Schema {
  const { ts } = lazy.tsMorph();
  const found = list && meant(read.code, list);
  if (!found || !ts.isArrayLiteralExpression(found)) return ANYTHING;
  const each = found.elements.map((element) => inside(read, element));
  return kind === 'union' ? oneOf(each) : { type: 'array', items: oneOf(each) };
}

/** `z.enum(['a', 'b'])`, `z.literal('a')`, also of a constant list. */
function constantsIn({ code }: Reading, node: ts.Expression | undefined): Schema {
  const { ts } = lazy.tsMorph();
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

/** What a method makes of a schema; what only checks or changes the value leaves it as it is. */
function refined(read: Reading, method: string, { schema, isOptional }: ZodSchema): ZodSchema | undefined {
  const [first] = read.args;
  const value = first && constantOf(read.code, first);
  switch (method) {
    case 'optional':
    case 'catch':
    case 'nullish':
      return { schema: method === 'nullish' ? asNullable(schema) : schema, isOptional: true };
    case 'nullable':
      return { schema: asNullable(schema), isOptional };
    case 'default':
    case 'prefault':
      return {
        schema: value === undefined || value === null ? schema : { ...schema, default: value },
        isOptional: true,
      };
    case 'describe':
      return { schema: typeof value === 'string' ? { ...schema, description: value } : schema, isOptional };
    case 'extend':
    case 'safeExtend':
    case 'merge':
      return required(extended(read, schema));
    case 'partial':
      return required({ ...schema, required: [] });
    case 'pick':
    case 'omit':
      return required(chosen(read, method, schema));
    case 'array':
      return required({ type: 'array', items: schema });
    case 'or':
      return required(oneOf([schema, inside(read, first)]));
    case 'and':
      return required({ allOf: [schema, inside(read, first)] });
    case 'passthrough':
    case 'loose':
      return required({ ...schema, additionalProperties: true });
    case 'keyof':
    case 'shape':
      return undefined;
    default:
      return { schema: bounded(schema, method, value), isOptional };
  }
}

/** `.min(3)` is a length of a string, a value of a number, a count of a list. */
function bounded(schema: Schema, method: string, value: unknown): Schema {
  const format = ZOD_FORMATS.get(method);
  if (format !== undefined && schema.type === 'string') return { ...schema, ...format };
  if (method === 'int' && schema.type === 'number') return { ...schema, type: 'integer' };
  const [least, most] = boundNames(schema);
  if (method === 'nonnegative') return { ...schema, minimum: 0 };
  if (method === 'nonempty') return { ...schema, [least]: 1 };
  if (typeof value !== 'number') return schema;
  return {
    ...schema,
    ...(LEAST.has(method) ? { [least]: value } : {}),
    ...(MOST.has(method) ? { [most]: value } : {}),
  };
}

const LEAST: ReadonlySet<string> = new Set(['min', 'gte', 'length']);
const MOST: ReadonlySet<string> = new Set(['max', 'lte', 'length']);

function boundNames({
  type,
}: Schema): readonly ['minLength' | 'minItems' | 'minimum', 'maxLength' | 'maxItems' | 'maximum'] {
  if (type === 'string') return ['minLength', 'maxLength'];
  return type === 'array' ? ['minItems', 'maxItems'] : ['minimum', 'maximum'];
}

function extended(read: Reading, schema: Schema): Schema {
  const [first] = read.args;
  const other =
    first && (zodSchema(read.code, first, read.depth)?.schema ?? objectSchema(read, first, false));
  return {
    ...schema,
    properties: { ...schema.properties, ...other?.properties },
    required: [...new Set([...(schema.required ?? []), ...(other?.required ?? [])])],
  };
}

function chosen(read: Reading, method: 'pick' | 'omit', schema: Schema): Schema {
  const { ts } = lazy.tsMorph();
  const [first] = read.args;
  if (!first || !ts.isObjectLiteralExpression(first)) return ANYTHING;
  const named = new Set(
    first.properties.flatMap((each) => (each.name && ts.isIdentifier(each.name) ? [each.name.text] : [])),
  );
  const isKept = (name: string) => named.has(name) === (method === 'pick');
  return objectOf(
    Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => isKept(name))),
    (schema.required ?? []).filter(isKept),
  );
}
