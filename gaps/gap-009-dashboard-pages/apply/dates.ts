import type { Span } from '../../../src/contract.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { type PageContext, writerOf } from './page-part.ts';

/** `{format(row.lastDeploy)}` of a date that may be missing says so instead of formatting nothing. */
export function dateSpans(page: PageContext, fields: readonly string[]): readonly Span[] {
  const { module } = page;
  const { quoted } = writerOf(page);
  const spans: Span[] = [];
  walk(module, {
    JSXExpressionContainer: ({ expression }) => {
      if (expression.type !== 'CallExpression' || expression.arguments.length !== 1) return;
      const [given] = expression.arguments;
      if (given?.type !== 'MemberExpression' || given.property.type !== 'Identifier') return;
      if (!fields.includes(given.property.name)) return;
      const { start, end } = expression;
      const [value, call] = [module.text.slice(given.start, given.end), module.text.slice(start, end)];
      spans.push({ start, end, text: `${value} ? ${call} : ${quoted('Never')}` });
    },
  });
  return spans;
}
