import type { Expression, Node } from 'oxc-parser';
import { childrenOf } from '../code/nodes-at.ts';
import { isShapeOnly, type TypedInput } from './typed-input.ts';

/** How an expression comes out when it is tested. */
export interface Test {
  readonly node: Expression;
  readonly isTrue: boolean;
}

/** Whether anything in a node asks for proof of who somebody is. */
export function asksForProof(node: Node, input: TypedInput): boolean {
  return asks(node, input) || childrenOf(node).some((child) => asksForProof(child, input));
}

/** Whether a test that comes out like this had to ask for proof. */
export function proves(test: Test, input: TypedInput): boolean {
  const { node, isTrue } = plain(test);
  if (node.type !== 'LogicalExpression' || node.operator === '??')
    return asksForProof(node, input) || input.of(node) === 'foreign' || isCallOfNothing(node, input);
  const { left, right } = node;
  const goesOn = node.operator === '&&';
  const onRight = proves({ node: right, isTrue }, input);
  if (isTrue === goesOn) return onRight || proves({ node: left, isTrue }, input);
  return proves({ node: left, isTrue }, input) && (onRight || proves({ node: left, isTrue: goesOn }, input));
}

/** The single conditions that this outcome of a test needs. */
export function conditionsOf(test: Test): readonly Test[] {
  const { node, isTrue } = plain(test);
  if (node.type !== 'LogicalExpression') return [{ node, isTrue }];
  if (isTrue !== (node.operator === '&&')) return [];
  return [node.left, node.right].flatMap((side) => conditionsOf({ node: side, isTrue }));
}

function plain({ node, isTrue }: Test): Test {
  if (node.type === 'ParenthesizedExpression') return plain({ node: node.expression, isTrue });
  const isNot = node.type === 'UnaryExpression' && node.operator === '!';
  return isNot ? plain({ node: node.argument, isTrue: !isTrue }) : { node, isTrue };
}

/** A call that is handed nothing typed, such as `await auth()`: a session may stand behind it. */
function isCallOfNothing(node: Node, input: TypedInput): boolean {
  const call = node.type === 'AwaitExpression' ? node.argument : node;
  return call.type === 'CallExpression' && !isShapeOnly(call) && input.of(call) === 'nothing';
}

/** A call that is handed proof, a comparison with it, a query that holds it. */
function asks(node: Node, input: TypedInput): boolean {
  const isProof = (each: Node) => ['proof', 'all'].includes(input.of(each));
  if (node.type === 'CallExpression' && !isShapeOnly(node)) {
    const { callee } = node;
    return node.arguments.some(isProof) || (callee.type === 'MemberExpression' && isProof(callee.object));
  }
  if (node.type === 'TaggedTemplateExpression') return node.quasi.expressions.some(isProof);
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator)) return false;
  const sides = [node.left, node.right];
  return sides.some(isProof) && !sides.some(isShape);
}

/** `typeof x`, and what stands for nothing. */
function isShape(node: Node): boolean {
  if (node.type === 'UnaryExpression') return true;
  if (node.type === 'Literal') return typeof node.value !== 'string' || node.value === '';
  return node.type === 'Identifier' && node.name === 'undefined';
}
