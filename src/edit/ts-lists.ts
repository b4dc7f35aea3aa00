import type { SourceFile } from 'ts-morph';
import type { Span } from '../contract.ts';
import { lazy } from '../repo/lazy.ts';
import { startWithComments } from './ts-file.ts';
import { listItemSpan } from './ts-imports.ts';

/**
 * The object around an offset that is an entry of a list of objects, as a span that takes it out with the comments
 * directly above it and its comma. Undefined where what stands there has another shape, or is the last of its list.
 */
export function listEntryAround(file: SourceFile, text: string, at: number): Span | undefined {
  const { Node } = lazy.tsMorph();
  for (const node of file.getDescendantAtPos(at)?.getAncestors() ?? []) {
    const list = node.getParent();
    if (!Node.isObjectLiteralExpression(node) || !Node.isArrayLiteralExpression(list)) continue;
    const entries = list.getElements();
    const areAlike = entries.length > 1 && entries.every((entry) => Node.isObjectLiteralExpression(entry));
    return areAlike ? listItemSpan(text, startWithComments(text, node), node.getEnd()) : undefined;
  }
  return undefined;
}
