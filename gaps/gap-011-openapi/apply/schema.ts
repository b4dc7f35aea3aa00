/** A schema as OpenAPI 3.0 writes it (spec.openapis.org/oas/v3.0.3#schema-object); `{}` allows everything. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array';
  readonly format?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly nullable?: true;
  readonly default?: string | number | boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly description?: string;
}

/** What nothing is known of. */
export const ANYTHING: Schema = {};

/** Whether a schema says nothing. */
export function isAnything(schema: Schema): boolean {
  return Object.keys(schema).length === 0;
}

/** An object of which every property is known. */
export function objectOf(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  isOpen = false,
): Schema {
  return {
    type: 'object',
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(isOpen ? { additionalProperties: true } : {}),
  };
}

/** An object of which these properties have to be there; an empty list is none (json-schema: at least one). */
export function withRequired({ required: _, ...schema }: Schema, names: readonly string[]): Schema {
  return names.length > 0 ? { ...schema, required: names } : schema;
}

/** One of these: the same ones once, constants of a type as one list, and objects that agree as one object. */
export function oneOf(schemas: readonly Schema[]): Schema {
  const choices = schemas.flatMap((each) => (each.anyOf && !each.nullable ? each.anyOf : [each]));
  if (choices.length === 0 || choices.some(isAnything)) return ANYTHING;
  const merged: Schema[] = [];
  for (const each of choices) {
    const at = merged.findIndex((one) => joined(one, each) !== undefined);
    const both = merged[at] && joined(merged[at], each);
    if (both) merged[at] = both;
    else merged.push(each);
  }
  const [only] = merged;
  return merged.length === 1 && only ? only : { anyOf: merged };
}

/** Two schemas as one that allows both and says no less than one of them; undefined where they are of two kinds. */
function joined(one: Schema, other: Schema): Schema | undefined {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  if (isNumber(one) && isNumber(other)) return { type: 'number' };
  if (one.$ref || other.$ref || one.anyOf || other.anyOf || one.type !== other.type) return undefined;
  if (one.type === 'object') return joinedObjects(one, other);
  if (one.enum && other.enum) return { ...one, enum: [...new Set([...one.enum, ...other.enum])] };
  if (one.type === 'array' && one.items && other.items)
    return { type: 'array', items: oneOf([one.items, other.items]) };
  const { type } = one;
  return one.enum || other.enum ? { ...(type ? { type } : {}) } : undefined;
}

/** A number without a word about which. */
function isNumber(schema: Schema): boolean {
  return (schema.type === 'integer' || schema.type === 'number') && Object.keys(schema).length === 1;
}

function joinedObjects(one: Schema, other: Schema): Schema | undefined {
  if (one.nullable !== other.nullable) return undefined;
  const [mine, theirs] = [one.properties ?? {}, other.properties ?? {}];
  const shared = Object.keys(mine).filter((name) => name in theirs);
  if (shared.length === 0 && Object.keys(mine).length > 0 && Object.keys(theirs).length > 0) return undefined;
  const both = Object.fromEntries(
    shared.map((name) => [name, oneOf([mine[name] ?? ANYTHING, theirs[name] ?? ANYTHING])]),
  );
  const required = (one.required ?? []).filter((name) => (other.required ?? []).includes(name));
  const isOpen = one.additionalProperties !== undefined || other.additionalProperties !== undefined;
  return {
    ...objectOf({ ...mine, ...theirs, ...both }, required, isOpen),
    ...(one.nullable ? { nullable: true } : {}),
  };
}

/** A description as OpenAPI 3.1 writes it, which has JSON Schema's own way for null (spec.openapis.org/oas/v3.1.0). */
export function inVersion31(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inVersion31);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, inVersion31(each)] as const);
  const { nullable, type, anyOf, allOf, ...rest } = Object.fromEntries(entries);
  if (nullable !== true) return Object.fromEntries(entries);
  if (typeof type === 'string') return { type: [type, 'null'], ...rest };
  return { anyOf: [...(Array.isArray(anyOf) ? anyOf : [{ allOf }]), { type: 'null' }], ...rest };
}
