import type { ArrowFunctionExpression } from 'oxc-parser';
import type { SourceModule, Span } from '../../../../src/contract.ts';
import { insertion } from '../../../../src/edit/outcome.ts';
import type { Tag } from '../../../../src/edit/tags.ts';
import { indentOf, indentUnitOf, styleOf } from '../../../../src/edit/ts-file.ts';
import { walk } from '../../../../src/read/code/walk.ts';

/** A call `router.push('/there')` and its first argument, where that is a text. */
export interface Navigation {
  readonly start: number;
  readonly end: number;
  readonly to: { readonly text: string; readonly start: number; readonly end: number } | undefined;
}

/** Whether hooks and handlers may stand in this module. */
export function isClient({ program }: SourceModule): boolean {
  return program.body.some((statement) => 'directive' in statement && statement.directive === 'use client');
}

/** Statements at the start of the page's component; undefined where there is no such function. */
export function openingSpan(module: SourceModule, statements: readonly string[]): Span | undefined {
  const { text, program } = module;
  for (const statement of program.body) {
    if (statement.type !== 'ExportDefaultDeclaration') continue;
    const { declaration } = statement;
    if (declaration.type !== 'FunctionDeclaration' || !declaration.body) return undefined;
    const indent = indentOf(text, declaration.start) + indentUnitOf(text);
    const { semicolon } = styleOf(text);
    const lines = statements.map((statement) => `\n${indent}${statement}${semicolon}`);
    return insertion(declaration.body.start + 1, lines.join(''));
  }
  return undefined;
}

/** The arrow functions that are given a name in this module. */
export function arrowFunctions(module: SourceModule): ReadonlyMap<string, ArrowFunctionExpression> {
  const found = new Map<string, ArrowFunctionExpression>();
  walk(module, {
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init?.type === 'ArrowFunctionExpression') found.set(id.name, init);
    },
  });
  return found;
}

/** Where a range of the module goes to another page: statements that call push or replace of a router. */
export function navigationsIn(
  module: SourceModule,
  range: { readonly start: number; readonly end: number },
): readonly Navigation[] {
  const found: Navigation[] = [];
  walk(module, {
    ExpressionStatement: ({ expression }) => {
      if (expression.type !== 'CallExpression') return;
      const { callee, start, end, arguments: given } = expression;
      if (start < range.start || end > range.end || callee.type !== 'MemberExpression') return;
      if (!/^\w*[rR]outer\.(push|replace)$/.test(module.text.slice(callee.start, callee.end))) return;
      const [first] = given;
      const to =
        first?.type === 'Literal' && typeof first.value === 'string'
          ? { text: first.value, start: first.start + 1, end: first.end - 1 }
          : undefined;
      found.push({ start, end, to });
    },
  });
  return found;
}

/** A line of JSX behind an element, indented like it. */
export function lineAfter(text: string, tag: Tag, line: string): Span {
  return insertion(tag.end, `\n${indentOf(text, tag.start)}${line}`);
}

/** A line of JSX as the last one inside an element; undefined where its closing tag does not start a line. */
export function lastLineIn(text: string, tag: Tag, line: string): Span | undefined {
  if (!tag.closing) return undefined;
  const head = text.lastIndexOf('\n', tag.closing.start);
  const indent = text.slice(head + 1, tag.closing.start);
  if (head === -1 || indent.trim() !== '') return undefined;
  return insertion(head, `\n${indent}${indentUnitOf(text)}${line}`);
}

/** A line of JSX as the first one inside an element; undefined where its children start on the line of its tag. */
export function firstLineIn(text: string, tag: Tag, line: string): Span | undefined {
  const end = text.indexOf('\n', tag.openEnd);
  if (!tag.closing || end === -1 || text.slice(tag.openEnd, end).trim() !== '') return undefined;
  return insertion(end, `\n${indentOf(text, tag.start)}${indentUnitOf(text)}${line}`);
}
