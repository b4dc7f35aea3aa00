import type { Node } from 'oxc-parser';
import type { SourceModule, Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { indentOf, lineStart } from '../../../src/edit/ts-file.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';

/** Elements between whose children no text may stand. */
const STRICT = /^(?:table|thead|tbody|tfoot|tr|select|optgroup|option|ul|ol|dl|datalist)$/;

/** Puts a line of JSX above the element that holds a list; `at` is where the list is gone through. */
export function lineAboveList(module: SourceModule, at: number, line: string): Span | undefined {
  const [list, ...around] = childrenAround(module, nodesOutsideOfRows(module, at).nodes);
  return list && lineAbove(module, around[0] ?? list, line);
}

/** Puts a line of JSX above a control, or, where there is one for each row, above the element that holds the rows. */
export function lineAboveControl(module: SourceModule, at: number, line: string): Span | undefined {
  const { nodes, isInRow } = nodesOutsideOfRows(module, at);
  const [innermost, ...around] = childrenAround(module, nodes);
  const anchor = isInRow ? (around[0] ?? innermost) : innermost;
  return anchor && lineAbove(module, anchor, line);
}

function lineAbove({ text }: SourceModule, { start }: Node, line: string): Span | undefined {
  const isFirst = text.slice(lineStart(text, start), start).trim() === '';
  return isFirst ? insertion(start, `${line}\n${indentOf(text, start)}`) : undefined;
}

/** What is repeated for each row is no place: the functions inside of an expression of JSX. */
function nodesOutsideOfRows(
  module: SourceModule,
  at: number,
): { readonly nodes: readonly Node[]; readonly isInRow: boolean } {
  const nodes = nodesAt(module, at);
  const row = nodes.findIndex(
    ({ type }, index) =>
      /^(?:ArrowFunctionExpression|FunctionExpression)$/.test(type) &&
      nodes[index - 1]?.type === 'CallExpression' &&
      nodes.slice(0, index).some((each) => each.type === 'JSXExpressionContainer'),
  );
  return row === -1 ? { nodes, isInRow: false } : { nodes: nodes.slice(0, row), isInRow: true };
}

/** What stands between others inside of an element that takes text, the innermost first. */
function childrenAround({ text }: SourceModule, nodes: readonly Node[]): readonly Node[] {
  return nodes
    .filter((node, index) => {
      const parent = nodes[index - 1];
      const isChild = node.type === 'JSXElement' || node.type === 'JSXExpressionContainer';
      if (!isChild || !parent || (parent.type !== 'JSXElement' && parent.type !== 'JSXFragment'))
        return false;
      return !STRICT.test(/^<([\w.]*)/.exec(text.slice(parent.start, parent.start + 40))?.[1] ?? '');
    })
    .reverse();
}
