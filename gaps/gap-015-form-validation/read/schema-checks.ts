import type { Meaning } from '../../../src/read/code/definitions.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { CHECKING, CHECKS, MAY_CHECK, NO_SCHEMA, SCHEMA_LIBRARY } from '../tables.ts';
import type { Piece, Step } from './code-behind.ts';

/** Whether a step of what runs on a submit checks the data against a schema. */
export function checksSchema({ piece, meanings }: Step): boolean {
  return checks(piece) || meanings.some(isCheck);
}

/** Told once for a piece, to which many forms may lead. */
const checks = oncePer(({ code }: Piece) => hasCheck(code));

/** Resolvers of react-hook-form, conform's parsers, functions such as valibot's; `z` alone only describes. */
function isCheck(meaning: Meaning): boolean {
  if (meaning.kind !== 'installed' || !SCHEMA_LIBRARY.test(meaning.specifier)) return false;
  return meaning.specifier.startsWith('@hookform/') || CHECKS.test(meaning.name);
}

/** Whether code holds a call that checks data against a schema. */
export function hasCheck(code: string): boolean {
  if (!MAY_CHECK.test(code)) return false;
  if (CHECKING.some((pattern) => pattern.test(code))) return true;
  return [...code.matchAll(/\.parse\(/g)].some(({ index }) => {
    const receiver = /(?<![\w$])[\w$]+$|\)$/.exec(code.slice(Math.max(0, index - 60), index).trimEnd())?.[0];
    return receiver !== undefined && !NO_SCHEMA.test(receiver);
  });
}

/** Whether the words of a text name a schema at all. */
export function mentionsSchema(text: string): boolean {
  return /Schema\b|['"](?:zod|yup|valibot|joi|superstruct|arktype|ajv)(?:\/[\w./-]*)?['"]/.test(text);
}
