import type { Node, ParamPattern } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { declarationAt } from '../../../src/read/code/declarations.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import type { JsxElement } from '../../../src/read/markup/markup.ts';
import { descendants } from './captions.ts';
import type { FileToMend } from './file.ts';
import type { Name, Unsettled } from './naming.ts';

/** The row of a list in which a control stands: the function that draws each, and what it calls the one at hand. */
interface Row {
  readonly start: number;
  readonly names: readonly string[];
  /** The one at hand, where it has a name as a whole. */
  readonly whole: string | undefined;
}

/**
 * A name that a list repeats in each of its rows says which row is meant: by what the row shows as its own name.
 * Unsettled where it shows none.
 */
export function nameInRow(
  { module, elements }: Pick<FileToMend, 'module' | 'elements'>,
  control: JsxElement,
  name: Exclude<Name, Unsettled>,
): Exclude<Name, Unsettled> | Unsettled {
  const row = rowAround(module, control.start) ?? componentAround(module, elements, control.start);
  if (!row || name.kind === 'expression') return name;
  const label = labelIn(module, control, row);
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
    return rowOf(node.start, node.params.slice(0, 1));
  }
  return undefined;
}

/** `function Row({ file }) {…}`, of which the file draws a list. */
function componentAround(module: SourceModule, elements: readonly JsxElement[], at: number): Row | undefined {
  for (const node of [...nodesAt(module, at)].reverse()) {
    if (node.type !== 'FunctionDeclaration' || !node.id || !/^[A-Z]/.test(node.id.name)) continue;
    const own = node.id.name;
    const isListed = elements.some(({ name, start }) => name === own && rowAround(module, start));
    return isListed ? rowOf(node.start, node.params) : undefined;
  }
  return undefined;
}

function rowOf(start: number, parameters: readonly ParamPattern[]): Row {
  const [first] = parameters;
  return {
    start,
    names: parameters.flatMap(namesIn),
    whole: first?.type === 'Identifier' ? first.name : undefined,
  };
}

/** What a parameter is called, or what is taken from it. */
function namesIn(parameter: ParamPattern): readonly string[] {
  if (parameter.type === 'Identifier') return [parameter.name];
  if (parameter.type !== 'ObjectPattern') return [];
  return parameter.properties.flatMap((property) =>
    property.type === 'Property' && property.value.type === 'Identifier' ? [property.value.name] : [],
  );
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

/** `{file.name}`, `{getLabel()}`, or `{tag}` of a list of words: what people know the row by. */
function labelIn(module: SourceModule, control: JsxElement, row: Row): string | undefined {
  const root = rootOf(control, row);
  const shown = [root, ...descendants(root)]
    .filter(({ start, end }) => start < control.start || end > control.end)
    .flatMap(({ children }) =>
      children.flatMap((child) => (child.kind === 'expression' ? [child.source.trim()] : [])),
    );
  return shown.find((source) => {
    const [, call] = /^(get(?:Name|Title|Label|FileName))\(\)$/.exec(source) ?? [];
    if (call !== undefined) return isOfRow(module, call, control, row);
    const [head = '', ...path] = source.split('.');
    if (source === row.whole) return true;
    return row.names.includes(head) && path.length < 3 && LABEL.test(path.at(-1) ?? head);
  });
}

const LABEL = /^(?:name|fullName|displayName|fileName|filename|title|label|heading|email)$/;

/** Declared in what draws the row, so that it speaks of that row. */
function isOfRow(module: SourceModule, name: string, control: JsxElement, row: Row): boolean {
  const declared = declarationAt(module, name, control.start);
  return declared !== undefined && declared.start > row.start;
}
