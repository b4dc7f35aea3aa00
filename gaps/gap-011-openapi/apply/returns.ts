import type { ts } from 'ts-morph';
import { typescript } from '../../../src/read/code/typescript.ts';
import { type Callable, isCallable } from './meaning.ts';

/**
 * What a function itself returns; functions inside of it return to somebody else.
 * @param isOff whether a condition never holds for the call that is followed
 */
export function ownReturns(
  { body }: Callable,
  isOff: (condition: ts.Expression) => boolean,
): readonly ts.Expression[] {
  const ts = typescript();
  if (!body) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isCallable(node)) return;
    if (ts.isIfStatement(node) && isOff(node.expression)) {
      if (node.elseStatement) visit(node.elseStatement);
      return;
    }
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    else ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}
