import type { Node } from 'oxc-parser';

/** A node, whatever its kind: what its fields hold is found out by looking. */
export interface AnyNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Whether something in a tree is a node, and no literal, name or flag. */
export function isNode(value: unknown): value is AnyNode & Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The nodes directly below a node, in the order in which the grammar names them. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  if (!isNode(node)) return children;
  for (const field in node) {
    const value: unknown = node[field];
    if (typeof value !== 'object') continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) children.push(value);
    } else for (const each of value) if (isNode(each)) children.push(each);
  }
  return children;
}
