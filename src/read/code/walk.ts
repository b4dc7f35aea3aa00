import type { Node, VisitorObject } from 'oxc-parser';
import { type AnyNode, isNode } from '../../repo/code/tree.ts';
import { lazy } from '../../repo/lazy.ts';
import type { SourceModule } from '../../repo/repo.ts';

type Visits = ReadonlyMap<string, (node: Node) => void>;

/**
 * Walks a module's tree in the order of the grammar; every node type may have a function, and one for `Type:exit`. A
 * loop over the fields of each type, because the parser's own visitor takes four times as long in a process that lives
 * for a second.
 */
export function walk({ program }: Pick<SourceModule, 'program'>, visitor: VisitorObject): void {
  if (!isNode(program)) return;
  const visits: Visits = new Map(Object.entries(visitor));
  const leaves = [...visits.keys()].some((type) => type.endsWith(':exit')) ? visits : undefined;
  visit(program, { visits, leaves, fields: lazy.oxc().visitorKeys });
}

interface Walk {
  readonly visits: Visits;
  /** Absent where nothing is done at the end of a node. */
  readonly leaves: Visits | undefined;
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

function visit(node: AnyNode & Node, own: Walk): void {
  const { type } = node;
  own.visits.get(type)?.(node);
  for (const field of own.fields[type] ?? []) {
    const value: unknown = (node as AnyNode)[field];
    if (typeof value !== 'object') continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) visit(value, own);
    } else for (const each of value) if (isNode(each)) visit(each, own);
  }
  own.leaves?.get(`${type}:exit`)?.(node);
}
