import type { Node } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import type { JsxElement } from '../../../src/read/markup/markup.ts';
import { descendants } from './captions.ts';
import type { Name, Unsettled } from './naming.ts';

/** The row of a list in which a control stands: the function that draws each, and what it calls the one at hand. */
interface Row {
  readonly start: number;
  readonly item: string | undefined;
}

/**
 * A name that a list repeats in each of its rows says which row is meant: by what the row shows as its own name.
 * Unsettled where it shows none.
 */
export function nameInRow(
  module: SourceModule,
  control: JsxElement,
  name: Exclude<Name, Unsettled>,
): Exclude<Name, Unsettled> | Unsettled {
  const row = rowAround(module, control.start);
  if (!row || name.kind === 'expression') return name;
  const label = row.item === undefined ? undefined : labelIn(rootOf(control, row), control, row.item);
  const words = name.kind === 'words' ? name.words : `${name.set}, ${name.unset}`;
  if (label === undefined) return { kind: 'unsettled', suggestion: `${words}, and which one` };
  const told = (each: string) => `\`${each} \${${label}}\``;
  return {
    kind: 'expression',
    source:
      name.kind === 'words' ? told(name.words) : `${name.test} ? ${told(name.set)} : ${told(name.unset)}`,
  };
}

/** `files.map((file) => …)`, the innermost. */
function rowAround(module: SourceModule, at: number): Row | undefined {
  const nodes = nodesAt(module, at);
  for (let index = nodes.length - 1; index > 0; index -= 1) {
    const node = nodes[index];
    const call = nodes[index - 1];
    if (node?.type !== 'ArrowFunctionExpression' && node?.type !== 'FunctionExpression') continue;
    if (!call || !isMap(call)) continue;
    const [item] = node.params;
    return { start: node.start, item: item?.type === 'Identifier' ? item.name : undefined };
  }
  return undefined;
}

function isMap(node: Node): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.property.type === 'Identifier' &&
    node.callee.property.name === 'map'
  );
}

/** The outermost element of the row. */
function rootOf(control: JsxElement, { start }: Row): JsxElement {
  let root = control;
  while (root.parent && root.parent.start > start) root = root.parent;
  return root;
}

/** `{file.name}`, or `{tag}` of a list of words: what people know the row by. */
function labelIn(root: JsxElement, control: JsxElement, item: string): string | undefined {
  const shown = [root, ...descendants(root)]
    .filter(({ start, end }) => start < control.start || end > control.end)
    .flatMap(({ children }) =>
      children.flatMap((child) => (child.kind === 'expression' ? [child.source.trim()] : [])),
    );
  return shown.find((source) => {
    if (source === item) return true;
    const path = source.startsWith(`${item}.`) ? source.slice(item.length + 1) : '';
    return /^(?:\w+\.)?(?:name|fullName|displayName|fileName|filename|title|label|heading|email)$/.test(path);
  });
}
