import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../words/suggest.ts';

type Path = readonly PropertyKey[];

/**
 * A value as a schema wants it.
 * @throws UsageError naming the place (`aims-fix.config.yaml`) and the key path of the first thing that is wrong.
 */
export function parseStrictly<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: string,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw errorOf(schema, result.error.issues[0], place);
}

function errorOf(schema: z.ZodType, issue: z.core.$ZodIssue | undefined, place: string): UsageError {
  if (!issue) return new UsageError(`${place} is not valid`);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const hint = didYouMean(key, keysAt(schema, issue.path));
    return new UsageError(`${place}: unknown key ${keyPath([...issue.path, key])}`, hint);
  }
  const { message } = (issue.code === 'invalid_key' && issue.issues[0]) || issue;
  return new UsageError([place, keyPath(issue.path), message].filter((part) => part !== '').join(': '));
}

/** `waivers[0].expires`. */
function keyPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** The keys that an object of the schema may have at a path. */
function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  let at: z.core.$ZodType | undefined = unwrap(schema);
  for (const key of path) at = at && unwrap(stepInto(at, key));
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function stepInto(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)];
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const wrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional || schema instanceof z.ZodDefault;
  return wrapped ? unwrap(schema.unwrap()) : schema;
}
