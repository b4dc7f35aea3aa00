import type { ArrowFunctionExpression, ObjectProperty, Function as OxcFunction } from 'oxc-parser';
import type { SourceModule, Span } from '../../../../src/contract.ts';
import { indentOf, indentUnitOf, lineStart, styleOf } from '../../../../src/edit/ts-file.ts';
import { walk } from '../../../../src/read/code/walk.ts';

/** A function, however it is written. */
export type Callable = OxcFunction | ArrowFunctionExpression;

/** Calls that the functions to be replaced may make: nothing is lost with them. */
const HARMLESS = /^(isOwnerEmail|Boolean|String|[\w.?]+\.(toLowerCase|trim))$/;

/** The function that a property holds; undefined for anything else. */
export function callable({ value }: ObjectProperty): Callable | undefined {
  return value.type === 'FunctionExpression' || value.type === 'ArrowFunctionExpression' ? value : undefined;
}

/** The start of the comment lines directly above a line, which belong to it. */
export function aboveComments(text: string, start: number): number {
  const previous = lineStart(text, start - 1);
  const isComment = previous < start && /^\s*(\/\/|\/\*|\*)/.test(text.slice(previous, start));
  return isComment ? aboveComments(text, previous) : start;
}

/** The statements of a function, braces excluded, become one. */
export function bodySpan({ text }: SourceModule, { body }: Callable, statement: string): Span | undefined {
  if (body?.type !== 'BlockStatement') return undefined;
  const inner = text.slice(body.start + 1, body.end - 1);
  if (!inner.includes('\n')) return undefined;
  const indent = indentOf(text, body.end - 1);
  const { semicolon } = styleOf(text);
  return {
    start: body.start + 1,
    end: body.end - 1,
    text: `\n${indent}${indentUnitOf(text)}${statement}${semicolon}\n${indent}`,
  };
}

/** Whether nothing is lost with a function but what it answers. */
export function callsOnlyHarmless(module: SourceModule, range: Callable): boolean {
  let isHarmless = true;
  walk(module, {
    CallExpression: ({ callee, start, end }) => {
      if (start < range.start || end > range.end) return;
      if (!HARMLESS.test(module.text.slice(callee.start, callee.end))) isHarmless = false;
    },
  });
  return isHarmless;
}
