import type { Expression, Node, ObjectExpression, Statement } from 'oxc-parser';
import { childrenOf } from '../code/nodes-at.ts';
import { type FunctionNode, isFunction, lastName, nameOf, withoutWait } from './own-functions.ts';
import { asksForProof, conditionsOf, proves, type Reading, type Test } from './proof-of-identity.ts';
import { isShapeOnly } from './typed-input.ts';

/** A session that is answered before anything asked for proof of who it is for. */
export interface UnprovenAnswer {
  readonly at: number;
  /** What is answered. */
  readonly node: Expression;
  /** What has to hold on the way there. */
  readonly conditions: readonly Test[];
}

/** How a statement is reached while nothing was proven; undefined where it is not. */
type Way =
  | {
      readonly conditions: readonly Test[];
      /** The variables that were empty at first and have been given something on the way. */
      readonly given: ReadonlySet<string>;
    }
  | undefined;

/** What counts as letting somebody in. */
export interface Entrance {
  /** `authorize()` lets in whom it returns. */
  readonly returns: boolean;
  /** A handler lets in whom it starts a session for. */
  readonly starts: (node: Node) => boolean;
}

interface Walk {
  readonly reading: Reading;
  readonly entrance: Entrance;
  readonly found: UnprovenAnswer[];
  /** Every variable that was given something while nothing was proven. */
  readonly touched: Set<string>;
}

/**
 * Follows the ways through a function on which nothing was proven: no call took, and no comparison used, more of the
 * form than who somebody says they are. Branches are followed apart, and a test proves what it had to ask for its
 * outcome. A loop and a switch are read with favor: what proves anywhere inside counts.
 */
export function unprovenAnswers(
  { body }: FunctionNode,
  reading: Reading,
  entrance: Entrance,
): readonly UnprovenAnswer[] {
  const walk: Walk = { reading, entrance, found: [], touched: new Set() };
  const start = { conditions: [], given: new Set<string>() };
  if (body?.type === 'BlockStatement') run(walk, body.body, start);
  else if (body) answer(walk, body, start);
  return walk.found;
}

function run(walk: Walk, statements: readonly Node[], way: Way): Way {
  return statements.reduce<Way>((each, statement) => step(walk, statement, each), way);
}

function step(walk: Walk, node: Node, way: Way): Way {
  if (!way || node.type === 'ThrowStatement') return undefined;
  if (node.type === 'BlockStatement') return run(walk, node.body, way);
  if (node.type === 'IfStatement') {
    const yes = step(walk, node.consequent, after(walk, way, { node: node.test, isTrue: true }));
    const no = after(walk, way, { node: node.test, isTrue: false });
    return join(yes, node.alternate ? step(walk, node.alternate, no) : no);
  }
  if (node.type === 'TryStatement') return run(walk, node.finalizer?.body ?? [], tried(walk, node, way));
  if (node.type === 'SwitchStatement') {
    const start = asksForProof(node.discriminant, walk.reading) ? undefined : way;
    return node.cases.map(({ consequent }) => run(walk, consequent, start)).reduce(join, start);
  }
  const loop = loopBody(node);
  if (loop) step(walk, loop, way);
  else if (starts(walk, node)) found(walk, node, way);
  if (node.type === 'ReturnStatement') {
    if (node.argument) answer(walk, node.argument, way, node.start);
    return undefined;
  }
  return asksForProof(node, walk.reading) ? undefined : assigning(walk, node, way);
}

function loopBody(node: Node): Node | undefined {
  return node.type === 'ForStatement' ||
    node.type === 'ForOfStatement' ||
    node.type === 'ForInStatement' ||
    node.type === 'WhileStatement' ||
    node.type === 'DoWhileStatement'
    ? node.body
    : undefined;
}

function starts(walk: Walk, node: Node): boolean {
  if (isFunction(node)) return false;
  const isStart = walk.entrance.starts(node);
  return (
    (isStart && !asksForProof(node, walk.reading)) || childrenOf(node).some((child) => starts(walk, child))
  );
}

function found(walk: Walk, node: Node, { conditions }: NonNullable<Way>): void {
  const value =
    node.type === 'ExpressionStatement'
      ? node.expression
      : node.type === 'ReturnStatement'
        ? node.argument
        : undefined;
  if (value) walk.found.push({ at: node.start, node: value, conditions });
}

/** `user = …` gives a variable something that was empty before. */
function assigning(walk: Walk, node: Node, way: NonNullable<Way>): Way {
  const value = node.type === 'ExpressionStatement' ? node.expression : undefined;
  if (value?.type !== 'AssignmentExpression' || value.left.type !== 'Identifier') return way;
  walk.touched.add(value.left.name);
  return { ...way, given: new Set([...way.given, value.left.name]) };
}

/** Whatever is thrown in a try lands in its catch, a refusal too. */
function tried(
  walk: Walk,
  node: Extract<Statement, { readonly type: 'TryStatement' }>,
  way: NonNullable<Way>,
): Way {
  const before = new Set(walk.touched);
  const end = run(walk, node.block.body, way);
  if (!node.handler) return end;
  const given = [...walk.touched].filter((name) => !before.has(name));
  const caught = { ...way, given: new Set([...way.given, ...given]) };
  return join(end, run(walk, node.handler.body.body, caught));
}

function after(walk: Walk, way: Way, test: Test): Way {
  if (!way || proves(test, walk.reading)) return undefined;
  const conditions = conditionsOf(test);
  const isEmpty = conditions.some(({ node, isTrue }) => isTrue && isStillEmpty(walk, way, node));
  return isEmpty ? undefined : { ...way, conditions: [...way.conditions, ...conditions] };
}

function isStillEmpty({ reading }: Walk, way: NonNullable<Way>, node: Expression): boolean {
  return node.type === 'Identifier' && reading.input.startsEmpty(node.name) && !way.given.has(node.name);
}

/** Of two ways, what both need: where one of them is open, so is what follows. */
function join(left: Way, right: Way): Way {
  if (!left || !right) return left ?? right;
  return {
    conditions: left.conditions.filter((each) => right.conditions.includes(each)),
    given: new Set([...left.given, ...right.given]),
  };
}

/** @param at where the answer begins, for whoever is told */
function answer(walk: Walk, given: Expression, way: Way, at = given.start): void {
  if (!way || !walk.entrance.returns) return;
  const node = withoutWait(given);
  if (node.type === 'ConditionalExpression') {
    answer(walk, node.consequent, after(walk, way, { node: node.test, isTrue: true }));
    answer(walk, node.alternate, after(walk, way, { node: node.test, isTrue: false }));
  } else if (node.type === 'LogicalExpression') {
    if (node.operator !== '&&') answer(walk, node.left, way);
    answer(walk, node.right, after(walk, way, { node: node.left, isTrue: node.operator === '&&' }));
  } else if (isSession(walk, node, way) && !asksForProof(node, walk.reading))
    walk.found.push({ at, node, conditions: way.conditions });
}

function isSession(walk: Walk, node: Expression, way: NonNullable<Way>): boolean {
  const { input } = walk.reading;
  if (node.type === 'ObjectExpression') return !isRefusal(node);
  // Whoever is found by what anybody can type.
  if (node.type === 'CallExpression')
    return (
      !isShapeOnly(node) &&
      ['identity', 'found'].includes(input.of(node)) &&
      FINDS.test(lastName(node.callee) ?? '')
    );
  if (node.type !== 'Identifier' || node.name === 'undefined' || isStillEmpty(walk, way, node)) return false;
  return input.of(node) !== 'foreign';
}

const FINDS = /^(?:find|get|fetch|load|lookup|select|query)/i;

/** `{ error: … }` says why nobody is let in; that a library would take it for somebody is another matter. */
function isRefusal({ properties }: ObjectExpression): boolean {
  return properties.some(
    (each) => each.type === 'Property' && /^(?:error|errors)$/.test(nameOf(each.key) ?? ''),
  );
}
