import type { Node } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';

/** The component in whose markup an offset stands. */
export interface ComponentBody {
  /** Offset of the `{` of its body. */
  readonly start: number;
  readonly isAsync: boolean;
  /** The function between the component and the offset that may run many times: a callback of a list, a helper. */
  readonly isRepeated: boolean;
}

/** Finds the function of the component around an offset; undefined in a class, and where it has no body in braces. */
export function componentBodyAt(module: SourceModule, at: number): ComponentBody | undefined {
  const nodes = nodesAt(module, at);
  let isRepeated = false;
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index];
    if (!node || !isFunction(node)) continue;
    if (isComponent(node, nodes.slice(0, index))) {
      return node.body?.type === 'BlockStatement'
        ? { start: node.body.start, isAsync: node.async, isRepeated }
        : undefined;
    }
    isRepeated = true;
  }
  return undefined;
}

function isFunction(
  node: Node,
): node is Extract<Node, { readonly async: boolean; readonly params: unknown }> {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** `function Page()`, `const Page = () => {}`, `const Page = memo(() => {})`, `export default () => {}` */
function isComponent(node: Node, around: readonly Node[]): boolean {
  if (node.type === 'FunctionDeclaration' && node.id) return /^[A-Z]/.test(node.id.name);
  for (const outer of [...around].reverse()) {
    if (outer.type === 'CallExpression' || outer.type === 'ParenthesizedExpression') {
      if (outer.type === 'CallExpression' && !/(?:^|\.)(?:memo|forwardRef|observer)$/.test(calleeOf(outer)))
        return false;
      continue;
    }
    if (outer.type === 'ExportDefaultDeclaration') return true;
    return (
      outer.type === 'VariableDeclarator' && outer.id.type === 'Identifier' && /^[A-Z]/.test(outer.id.name)
    );
  }
  return false;
}

function calleeOf(node: Extract<Node, { type: 'CallExpression' }>): string {
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : '';
}
