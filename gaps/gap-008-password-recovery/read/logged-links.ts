import type { CallExpression, Node } from 'oxc-parser';
import type { SourceModule } from '../../../src/contract.ts';
import { childrenOf, nodesAt } from '../../../src/read/code/nodes-at.ts';
import { isForDevelopment } from '../../../src/read/sign-in/deployment-settings.ts';
import { isFunction, lastName } from '../../../src/read/sign-in/own-functions.ts';
import { RESET_WORDS } from '../tables.ts';
import { callsIn, codeOf, type Piece } from './reset-code.ts';

/** A name that holds the link of a reset, or what stands in it. */
const LINK = /^(?:url|link|token|\w*(?:reset|recover)\w*(?:url|link|token|code))$/i;

/** Where a piece that is about a reset writes its link or its token to the log, in production too. */
export function loggedLink(piece: Piece): number | undefined {
  const { module, node } = piece;
  if (!RESET_WORDS.test(codeOf(piece))) return undefined;
  return callsIn(node).find((call) => logs(module, call) && !isInDevelopment(module, call))?.start;
}

function logs(module: SourceModule, { callee, arguments: given }: CallExpression): boolean {
  const words = module.text.slice(callee.start, callee.end);
  return (
    /^(?:console|logger|log)\.\w+$/.test(words) &&
    /^(?:log|info|debug|warn|error|trace)$/.test(lastName(callee) ?? '') &&
    given.some(holdsLink)
  );
}

function holdsLink(node: Node): boolean {
  if (node.type === 'Identifier') return LINK.test(node.name);
  if (node.type === 'MemberExpression' && !node.computed) return holdsLink(node.property);
  // What is asked about a link, such as whether there is one, is not the link.
  if (node.type === 'UnaryExpression' || node.type === 'BinaryExpression')
    return node.type === 'BinaryExpression' && node.operator === '+' && childrenOf(node).some(holdsLink);
  return childrenOf(node).some(holdsLink);
}

/** Told by a condition around it, or by any word of the function, which may have left before. */
function isInDevelopment(module: SourceModule, call: CallExpression): boolean {
  const around = nodesAt(module, call.start);
  const inner = around.findLast(isFunction);
  if (inner && /NODE_ENV|\bis_?dev|development/i.test(module.text.slice(inner.start, inner.end))) return true;
  return around.some((node) => {
    if (node.type === 'LogicalExpression' && node.operator === '&&' && isIn(call, node.right))
      return isForDevelopment(module, { node: node.left, isTrue: true });
    if (node.type !== 'IfStatement' || isIn(call, node.test)) return false;
    return isForDevelopment(module, { node: node.test, isTrue: isIn(call, node.consequent) });
  });
}

function isIn(inner: Node, outer: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
