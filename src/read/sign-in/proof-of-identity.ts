import type { CallExpression, Expression, Node } from 'oxc-parser';
import { childrenOf } from '../code/nodes-at.ts';
import { lastName, nameOf, withoutWait } from './own-functions.ts';
import { SECRET } from './tables.ts';
import { isShapeOnly, listOf, type TypedInput } from './typed-input.ts';
import { holdsProof, isTyped } from './typed-values.ts';

type BinaryNode = Extract<Node, { readonly type: 'BinaryExpression' }>;

/** How an expression comes out when it is tested. */
export interface Test {
  readonly node: Expression;
  readonly isTrue: boolean;
}

/** What a function is read with. */
export interface Reading {
  readonly input: TypedInput;
  /** Whether a call only says yes or no, at once or as a promise; undefined where it may refuse by itself. */
  readonly comparerOf: (call: CallExpression) => 'at once' | 'later' | undefined;
  /** Whether a call is one of an async function of the repository. */
  readonly isPromise: (call: CallExpression) => boolean;
}

/** Whether anything in a node asks for proof of who somebody is, and refuses without it or is answered by it. */
export function asksForProof(node: Node, reading: Reading): boolean {
  if (isDropped(node, reading)) return false;
  return asks(node, reading) || childrenOf(node).some((child) => asksForProof(child, reading));
}

/** A comparison whose outcome nobody looks at here: it stands alone, or only gets a name. */
function isDropped(node: Node, { comparerOf, isPromise }: Reading): boolean {
  const value =
    node.type === 'ExpressionStatement'
      ? node.expression
      : node.type === 'VariableDeclarator' && node.id.type === 'Identifier'
        ? node.init
        : null;
  const call = value && withoutWait(value);
  if (call?.type !== 'CallExpression') return false;
  return comparerOf(call) !== undefined || (call === value && isPromise(call));
}

/** Whether a test that comes out like this had to ask for proof. */
export function proves(test: Test, reading: Reading): boolean {
  const { node, isTrue } = plain(test);
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const { left, right } = node;
    const goesOn = node.operator === '&&';
    const onRight = proves({ node: right, isTrue }, reading);
    if (isTrue === goesOn) return onRight || proves({ node: left, isTrue }, reading);
    return (
      proves({ node: left, isTrue }, reading) && (onRight || proves({ node: left, isTrue: goesOn }, reading))
    );
  }
  return provesAlone({ node, isTrue }, reading);
}

function provesAlone({ node, isTrue }: Test, reading: Reading): boolean {
  const { input } = reading;
  const value = node.type === 'Identifier' ? input.valueOf(node.name) : undefined;
  if (value && holdsVerdict(value, reading)) return proves({ node: value, isTrue }, reading);
  const call = withoutWait(node);
  const waited = call.type === 'Identifier' && call !== node ? input.valueOf(call.name) : undefined;
  if (waited && holdsVerdict(waited, reading)) return isTrue;
  if (call.type === 'CallExpression' && isVerdictOf(call, reading))
    return isTrue && (call !== node || reading.comparerOf(call) === 'at once');
  const compared = isEquality(node) ? provesByComparison(node, isTrue, reading) : undefined;
  if (compared !== undefined) return compared;
  // What is true by a comparison in a way that is not followed is read with favor.
  if (holdsVerdict(node, reading)) return isTrue;
  return asksForProof(node, reading) || input.of(node) === 'foreign' || isCallOfNothing(node, reading);
}

function isEquality(node: Node): node is BinaryNode {
  return node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator);
}

function provesByComparison(node: BinaryNode, isTrue: boolean, reading: Reading): boolean | undefined {
  const outcome = comparedOutcome(node, isTrue);
  if (outcome) return proves(outcome, reading);
  return isComparison(node, reading) ? isTrue === node.operator.startsWith('=') : undefined;
}

/** A call that only says yes or no, or that was not waited for: a promise is always true. */
function isVerdictOf(call: CallExpression, { comparerOf, isPromise }: Reading): boolean {
  return comparerOf(call) !== undefined || isPromise(call);
}

/** Whether a comparison stands in a value, so that the value says how it came out. */
function holdsVerdict(node: Node, reading: Reading): boolean {
  if (node.type === 'CallExpression' && isVerdictOf(node, reading)) return true;
  if (isEquality(node) && isComparison(node, reading)) return true;
  return childrenOf(node).some((child) => holdsVerdict(child, reading));
}

/** `x === true` is `x`. */
function comparedOutcome({ left, right, operator }: BinaryNode, isTrue: boolean): Test | undefined {
  if (right.type !== 'Literal' || typeof right.value !== 'boolean') return undefined;
  if (left.type === 'PrivateIdentifier') return undefined;
  return { node: left, isTrue: (right.value === operator.startsWith('=')) === isTrue };
}

/** The single conditions that this outcome of a test needs. */
export function conditionsOf(test: Test): readonly Test[] {
  const { node, isTrue } = plain(test);
  if (node.type !== 'LogicalExpression') return [{ node, isTrue }];
  if (isTrue !== (node.operator === '&&')) return [];
  return [node.left, node.right].flatMap((side) => conditionsOf({ node: side, isTrue }));
}

function plain({ node, isTrue }: Test): Test {
  if (node.type === 'ParenthesizedExpression' || node.type === 'ChainExpression')
    return plain({ node: node.expression, isTrue });
  const isNot = node.type === 'UnaryExpression' && node.operator === '!';
  return isNot ? plain({ node: node.argument, isTrue: !isTrue }) : { node, isTrue };
}

/** A call that is handed nothing typed, such as `await auth()`: a session may stand behind it. */
function isCallOfNothing(node: Expression, { input }: Reading): boolean {
  const call = withoutWait(node);
  return call.type === 'CallExpression' && !isShapeOnly(call) && input.of(call) === 'nothing';
}

/** A call that is handed proof, a comparison with it, a query that holds it. */
function asks(node: Node, reading: Reading): boolean {
  const { input } = reading;
  const isProof = (each: Node) => holdsProof(input.of(each));
  if (node.type === 'CallExpression') return callAsks(node, reading);
  if (node.type === 'TaggedTemplateExpression') return node.quasi.expressions.some(isProof);
  return node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator) && isComparison(node, reading);
}

function callAsks(call: CallExpression, { input, comparerOf }: Reading): boolean {
  const { callee } = call;
  const name = lastName(callee) ?? '';
  const isProof = (each: Node) => holdsProof(input.of(each));
  const object = callee.type === 'MemberExpression' ? callee.object : undefined;
  // A list that holds what was typed; a text that was typed and holds something is a matter of its shape.
  if (/^(?:includes|has)$/.test(name) && object && !isTyped(input.of(object)))
    return call.arguments.some(isProof);
  if (isShapeOnly(call) || /captcha|turnstile/i.test(name)) return false;
  if (comparerOf(call) === 'later') return false;
  // What was typed is gone through: the server knows nothing of it. What each item is held against is read apart.
  if (listOf(call) && object && isProof(object)) return false;
  if (object && isReadOfForm(name, input.of(object))) return false;
  return given(call).some(isProof) || (object !== undefined && isProof(object));
}

/** The arguments by which a record is chosen: what an upsert would write does not choose. */
function given({ callee, arguments: all }: CallExpression): readonly Node[] {
  const [first] = all;
  if (lastName(callee) !== 'upsert' || first?.type !== 'ObjectExpression') return all;
  const where = first.properties.filter((each) => each.type === 'Property' && nameOf(each.key) === 'where');
  return where.length > 0 ? where : all;
}

function isReadOfForm(name: string, object: ReturnType<TypedInput['of']>): boolean {
  return (
    (object === 'request' && /^(?:json|formData|text)$/.test(name)) || (object === 'all' && name === 'get')
  );
}

/** A comparison of a secret that was typed with something that was not. */
function isComparison({ left, right }: BinaryNode, { input }: Reading): boolean {
  const sides: readonly Node[] = [left, right];
  if (sides.some(isShape)) return false;
  const [proof] = sides.filter((each) => holdsProof(input.of(each)));
  const other = sides.find((each) => each !== proof);
  if (!proof || !other || ['identity', 'proof', 'all', 'request'].includes(input.of(other))) return false;
  return other.type !== 'Literal' || SECRET.test(wordsOf(proof));
}

/** The names in an expression, for whether they speak of a secret. */
function wordsOf(node: Node): string {
  if (node.type === 'MemberExpression' && !node.computed) return wordsOf(node.property);
  const name = nameOf(node) ?? '';
  return [name, ...childrenOf(node).map(wordsOf)].join(' ');
}

/** `typeof x`, and what stands for nothing. */
function isShape(node: Node): boolean {
  if (node.type === 'UnaryExpression') return true;
  if (node.type === 'Literal') return typeof node.value !== 'string' || node.value === '';
  return node.type === 'Identifier' && node.name === 'undefined';
}
