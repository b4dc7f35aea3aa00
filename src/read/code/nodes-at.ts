import type { Node } from 'oxc-parser';
import { childrenOf } from '../../repo/code/tree.ts';
import type { SourceModule } from '../../repo/repo.ts';

export { childrenOf };

/**
 * The nodes of a module that hold an offset, outermost first. Where the text tells the offsets that matter, going
 * down to each is far cheaper than a walk over the whole tree.
 */
export function nodesAt({ program }: Pick<SourceModule, 'program'>, offset: number): readonly Node[] {
  const found: Node[] = [];
  for (let node: Node | undefined = program; node; node = childAt(node, offset)) found.push(node);
  return found;
}

function childAt(parent: Node, offset: number): Node | undefined {
  for (const child of childrenOf(parent)) {
    if (holds(child, offset)) return child;
    const decorator = decoratorsOf(child).find((each) => holds(each, offset));
    if (decorator) return decorator;
  }
  return undefined;
}

/** Those of an exported class and of a parameter stand in front of it, and of the export. */
function decoratorsOf(node: Node): readonly Node[] {
  if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration')
    return node.declaration ? decoratorsOf(node.declaration) : [];
  return 'decorators' in node ? (node.decorators ?? []) : [];
}

/** Whether an offset stands inside of a range. */
export function holds(
  { start, end }: { readonly start: number; readonly end: number },
  offset: number,
): boolean {
  return start <= offset && offset < end;
}
