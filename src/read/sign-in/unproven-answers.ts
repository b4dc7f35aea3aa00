import type { Expression, Node, Statement } from 'oxc-parser';
import { asksForProof, conditionsOf, proves, type Test } from './proof-of-identity.ts';
import type { Door, TypedInput } from './typed-input.ts';

/** A session that is answered before anything asked for proof of who it is for. */
export interface UnprovenAnswer {
  readonly at: number;
  /** What has to hold on the way there. */
  readonly conditions: readonly Test[];
}

/** How a statement is reached while nothing was proven; undefined where it is not. */
type Way = { readonly conditions: readonly Test[] } | undefined;

interface Walk {
  readonly input: TypedInput;
  readonly found: UnprovenAnswer[];
}

/**
 * Follows the ways through a function on which nothing was proven: no call took, and no comparison used, more of the
 * form than who somebody says they are. Branches are followed apart, and a test proves what it had to ask for its
 * outcome. A loop, a switch and a try are read with favor: what proves anywhere inside counts.
 */
export function unprovenAnswers({ body }: Door, input: TypedInput): readonly UnprovenAnswer[] {
  const walk: Walk = { input, found: [] };
  if (body?.type === 'BlockStatement') run(walk, body.body, { conditions: [] });
  else if (body) answer(walk, body, { conditions: [] });
  return walk.found;
}

function run(walk: Walk, statements: readonly Node[], way: Way): Way {
  return statements.reduce<Way>((each, statement) => step(walk, statement, each), way);
}

function step(walk: Walk, node: Node, way: Way): Way {
  if (!way || node.type === 'ThrowStatement') return undefined;
  if (node.type === 'BlockStatement') return run(walk, node.body, way);
  if (node.type === 'ReturnStatement') {
    if (node.argument) answer(walk, node.argument, way, node.start);
    return undefined;
  }
  if (node.type === 'IfStatement') {
    const yes = step(walk, node.consequent, after(walk, way, { node: node.test, isTrue: true }));
    const no = after(walk, way, { node: node.test, isTrue: false });
    return join(yes, node.alternate ? step(walk, node.alternate, no) : no);
  }
  if (node.type === 'TryStatement') return run(walk, node.finalizer?.body ?? [], tried(walk, node, way));
  if (node.type === 'SwitchStatement') {
    const start = asksForProof(node.discriminant, walk.input) ? undefined : way;
    return node.cases.map(({ consequent }) => run(walk, consequent, start)).reduce(join, start);
  }
  const loop = loopBody(node);
  if (loop) step(walk, loop, way);
  return asksForProof(node, walk.input) ? undefined : way;
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

function tried(walk: Walk, node: Extract<Statement, { readonly type: 'TryStatement' }>, way: Way): Way {
  const end = run(walk, node.block.body, way);
  if (!node.handler) return end;
  const caught = asksForProof(node.block, walk.input) ? undefined : way;
  return join(end, run(walk, node.handler.body.body, caught));
}

function after(walk: Walk, way: Way, test: Test): Way {
  return way && !proves(test, walk.input)
    ? { conditions: [...way.conditions, ...conditionsOf(test)] }
    : undefined;
}

/** Of two ways, what both need: where one of them is open, so is what follows. */
function join(left: Way, right: Way): Way {
  if (!left || !right) return left ?? right;
  return { conditions: left.conditions.filter((each) => right.conditions.includes(each)) };
}

/** @param at where the answer begins, for whoever is told */
function answer(walk: Walk, node: Expression, way: Way, at = node.start): void {
  if (!way) return;
  if (node.type === 'ConditionalExpression') {
    answer(walk, node.consequent, after(walk, way, { node: node.test, isTrue: true }));
    answer(walk, node.alternate, after(walk, way, { node: node.test, isTrue: false }));
  } else if (node.type === 'LogicalExpression') {
    if (node.operator !== '&&') answer(walk, node.left, way);
    answer(walk, node.right, after(walk, way, { node: node.left, isTrue: node.operator === '&&' }));
  } else if (node.type === 'AwaitExpression') answer(walk, node.argument, way, at);
  else if (
    node.type === 'ParenthesizedExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSNonNullExpression'
  )
    answer(walk, node.expression, way, at);
  else if (isSession(node, walk.input) && !asksForProof(node, walk.input))
    walk.found.push({ at, conditions: way.conditions });
}

function isSession(node: Expression, input: TypedInput): boolean {
  if (node.type === 'ObjectExpression') return true;
  return node.type === 'Identifier' && node.name !== 'undefined' && input.of(node) !== 'foreign';
}
