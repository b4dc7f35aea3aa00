import type { ParseError } from 'jsonc-parser';
import { SourceError } from '../errors.ts';
import { lazy } from './lazy.ts';
import { withinStack } from './stack.ts';
import { positionAt } from './text.ts';

/** Parses JSON, or JSON with comments and trailing commas (tsconfig). Throws SourceError with the position. */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseJsonc(path, text);
  }
}

function parseJsonc(path: string, text: string): unknown {
  const { parse, printParseErrorCode } = lazy.jsonc();
  const errors: ParseError[] = [];
  const value = withinStack(path, (): unknown => parse(text, errors, { allowTrailingComma: true }));
  const first = errors[0];
  if (!first) return value;
  throw new SourceError(
    path,
    `invalid JSON: ${printParseErrorCode(first.error)}`,
    positionAt(text, first.offset),
  );
}
