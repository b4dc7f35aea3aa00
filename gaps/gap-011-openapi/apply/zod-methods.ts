import { typescript } from '../../../src/read/code/typescript.ts';
import { ZOD_FORMATS } from '../tables.ts';
import { constantOf } from './meaning.ts';
import { ANYTHING, objectOf, oneOf, type Schema, withRequired } from './schema.ts';
import { needed, orNull, type ZodCall, type ZodSchema } from './zod-call.ts';

type Method = (call: ZodCall, on: ZodSchema) => ZodSchema | undefined;

const optional: Method = (_call, { schema }) => ({ schema, isOptional: true });

const withDefault: Method = (call, { schema }) => {
  const value = firstConstant(call);
  const isKnown = value !== undefined && value !== null;
  return { schema: isKnown ? { ...schema, default: value } : schema, isOptional: true };
};

const extend: Method = (call, { schema }) => needed(extended(call, schema));
const open: Method = (_call, { schema }) => needed({ ...schema, additionalProperties: true });

/** What methods make of a schema (zod.dev/api). */
const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['optional', optional],
  ['catch', optional],
  ['nullish', (_call, { schema }) => ({ schema: orNull(schema), isOptional: true })],
  ['nullable', (_call, { schema, isOptional }) => ({ schema: orNull(schema), isOptional })],
  ['default', withDefault],
  ['prefault', withDefault],
  ['describe', described],
  ['extend', extend],
  ['safeExtend', extend],
  ['merge', extend],
  ['partial', (_call, { schema }) => needed(withRequired(schema, []))],
  ['pick', (call, { schema }) => needed(chosen(call, 'pick', schema))],
  ['omit', (call, { schema }) => needed(chosen(call, 'omit', schema))],
  ['array', (_call, { schema }) => needed({ type: 'array', items: schema })],
  ['or', (call, { schema }) => needed(oneOf([schema, call.inside(call.args[0])]))],
  ['and', (call, { schema }) => needed({ allOf: [schema, call.inside(call.args[0])] })],
  ['passthrough', open],
  ['loose', open],
  ['keyof', () => undefined],
]);

/** A schema after a method: what only checks or changes the value leaves it as it is, but for its bounds. */
export function refined(call: ZodCall, method: string, on: ZodSchema): ZodSchema | undefined {
  const known = METHODS.get(method);
  if (known) return known(call, on);
  return { schema: bounded(on.schema, method, firstConstant(call)), isOptional: on.isOptional };
}

function firstConstant({ code, args: [first] }: ZodCall): string | number | boolean | null | undefined {
  return first && constantOf(code, first);
}

function described(call: ZodCall, { schema, isOptional }: ZodSchema): ZodSchema {
  const description = firstConstant(call);
  return { schema: typeof description === 'string' ? { ...schema, description } : schema, isOptional };
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

function extended({ args: [first], inside, shape }: ZodCall, schema: Schema): Schema {
  const read = inside(first);
  const other = first && !read.properties ? shape(first, false) : read;
  return {
    ...schema,
    properties: { ...schema.properties, ...other?.properties },
    required: [...new Set([...(schema.required ?? []), ...(other?.required ?? [])])],
  };
}

function chosen({ args: [first] }: ZodCall, method: 'pick' | 'omit', schema: Schema): Schema {
  const ts = typescript();
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
