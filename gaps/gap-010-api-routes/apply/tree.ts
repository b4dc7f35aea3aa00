import type { Node } from 'oxc-parser';
import { childrenOf } from '../../../src/read/code/nodes-at.ts';

/** Every node inside of a node, in the order of the text. */
export function* nodesIn(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* nodesIn(child);
  }
}

/** The nodes inside of a node for which the function answers. */
export function collect<Found>(node: Node, pick: (node: Node) => Found | undefined): readonly Found[] {
  return [...nodesIn(node)].flatMap((each) => pick(each) ?? []);
}

/** The source of a node. */
export function source(text: string, { start, end }: Node): string {
  return text.slice(start, end);
}
