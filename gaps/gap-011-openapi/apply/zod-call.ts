import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { isAnything, type Schema } from './schema.ts';

/** A schema of zod as a schema of OpenAPI, with whether the value may be left out. */
export interface ZodSchema {
  readonly schema: Schema;
  readonly isOptional: boolean;
}

/** A call of zod: what it is given, and how schemas inside of it are read. */
export interface ZodCall {
  readonly code: TypedCode;
  readonly args: readonly ts.Expression[];
  /** The schema that an argument is; anything where it is none. */
  inside(node: ts.Expression | undefined): Schema;
  /** `{ name: z.string() }` */
  shape(node: ts.Expression, isOpen: boolean): Schema;
}

/** A schema whose value has to be there. */
export function needed(schema: Schema): ZodSchema {
  return { schema, isOptional: false };
}

/** A schema that allows null. */
export function orNull(schema: Schema): Schema {
  return isAnything(schema) ? schema : { ...schema, nullable: true };
}
