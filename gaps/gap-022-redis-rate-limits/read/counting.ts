import type { Node } from 'oxc-parser';
import { dottedName } from '../../../src/read/code/bindings.ts';
import { childrenOf } from '../../../src/read/code/nodes-at.ts';

/** An expression, and the names that its value comes from: `hits` of `hits.get(key) ?? 0`. */
interface Value {
  readonly text: string;
  readonly roots: readonly string[];
}

/** What functions do with values: which names they bind to them, what they count up or down, and what they compare. */
interface Doings {
  readonly bindings: { readonly names: readonly string[]; readonly value: Value; readonly isStep: boolean }[];
  /** What grows or shrinks, or a list that grows. */
  readonly counted: Value[];
  readonly compared: { readonly side: Value; readonly other: Node }[];
}

const RELATIONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);
const GROWING: ReadonlySet<string> = new Set(['push', 'unshift']);
/** Objects whose functions hand on what they are given. */
const HANDS_ON: ReadonlySet<string> = new Set(['Math', 'Number', 'JSON', 'Object', 'Array', 'Promise']);
const MOST_ROUNDS = 4;

/**
 * Whether functions count in the entries of a holder and compare that count with something: what tells a limiter
 * from a cache, which compares times, and from a register, which counts nothing.
 */
export function countsAndCompares(code: string, holder: string, functions: readonly Node[]): boolean {
  const each = functions.map((node) => doingsIn(code, node));
  const doings: Doings = {
    bindings: each.flatMap(({ bindings }) => bindings),
    counted: each.flatMap(({ counted }) => counted),
    compared: each.flatMap(({ compared }) => compared),
  };
  const entries = namesFrom([holder], doings);
  const counted = doings.counted.filter(({ roots }) => roots.some((root) => entries.has(root)));
  const steps = doings.bindings.filter(
    ({ isStep, value }) => isStep && value.roots.some((root) => entries.has(root)),
  );
  const counts = namesFrom(
    [...counted.map(({ text }) => text), ...steps.flatMap(({ names }) => names)],
    doings,
  );
  const fields = counted.flatMap(({ text }) => /\.(\w+)$/.exec(text)?.[1] ?? []);
  return doings.compared.some(({ side, other }) => {
    // A list that is not empty is no limit.
    if (side.text.endsWith('.length') && other.type === 'Literal' && other.value === 0) return false;
    if (counts.has(side.text) || side.roots.some((root) => counts.has(root))) return true;
    // Another function reads the field that one counts up: `hits.get(key)?.count` after `entry.count += 1`.
    return (
      fields.some((field) => side.text.includes(`.${field}`)) && side.roots.some((root) => entries.has(root))
    );
  });
}

const known = new WeakMap<Node, Doings>();

/** What a function does, told once: many holders are used in one. */
function doingsIn(code: string, node: Node): Doings {
  const doings = known.get(node) ?? { bindings: [], counted: [], compared: [] };
  if (!known.has(node)) collect(code, node, doings);
  known.set(node, doings);
  return doings;
}

/** The names whose values come from these, directly or through others. */
function namesFrom(start: readonly string[], { bindings }: Doings): ReadonlySet<string> {
  const names = new Set(start);
  for (let round = 0; round < MOST_ROUNDS; round += 1)
    for (const { names: bound, value } of bindings)
      if (names.has(value.text) || value.roots.some((root) => names.has(root)))
        for (const name of bound) names.add(name);
  return names;
}

function collect(code: string, node: Node, doings: Doings): void {
  note(node, doings, (each) => ({
    text: code.slice(each.start, each.end).replace(/\s+/g, ' '),
    roots: rootsOf(each),
  }));
  for (const child of childrenOf(node)) collect(code, child, doings);
}

type ValueIn = (node: Node) => Value;

/** What one node does by itself. */
function note(node: Node, doings: Doings, valueIn: ValueIn): void {
  switch (node.type) {
    case 'VariableDeclarator':
      if (node.init) bindTo(doings, namesIn(node.id), node.init, valueIn);
      break;
    case 'AssignmentExpression':
      if (node.operator === '+=' || node.operator === '-=') doings.counted.push(valueIn(node.left));
      // What is assigned to a field of something else makes that no entry.
      else if (node.left.type === 'Identifier' || isStep(node.right))
        bindTo(doings, [valueIn(node.left).text], node.right, valueIn);
      break;
    case 'UpdateExpression':
      doings.counted.push(valueIn(node.argument));
      break;
    case 'BinaryExpression':
      if (RELATIONS.has(node.operator))
        doings.compared.push(
          { side: valueIn(node.left), other: node.right },
          { side: valueIn(node.right), other: node.left },
        );
      else if (isStep(node)) doings.counted.push(valueIn(withoutDefault(node.left)));
      break;
    case 'CallExpression':
      if (node.callee.type === 'MemberExpression' && GROWING.has(dottedName(node.callee.property) ?? ''))
        doings.counted.push(lengthOf(valueIn(node.callee.object)));
      break;
    case 'SpreadElement':
      doings.counted.push(lengthOf(valueIn(withoutDefault(node.argument))));
      break;
  }
}

function bindTo({ bindings }: Doings, names: readonly string[], value: Node, valueIn: ValueIn): void {
  bindings.push({ names, value: valueIn(value), isStep: isStep(value) });
}

function lengthOf({ text, roots }: Value): Value {
  return { text: `${text}.length`, roots };
}

/** `n` of `n ?? 0`. */
function withoutDefault(node: Node): Node {
  return node.type === 'LogicalExpression' ? node.left : node;
}

/** `n + 1` and `n - 1`. */
function isStep(node: Node): boolean {
  return (
    node.type === 'BinaryExpression' &&
    (node.operator === '+' || node.operator === '-') &&
    node.right.type === 'Literal' &&
    node.right.value === 1
  );
}

/** Where a value comes from: what is called or asked for it, not what it is asked with. */
function rootsOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'Identifier':
    case 'ThisExpression':
      return [dottedName(node) ?? ''];
    case 'MemberExpression':
      return [dottedName(node) ?? [], rootsOf(node.object)].flat();
    case 'CallExpression': {
      if (node.callee.type !== 'MemberExpression') return node.arguments.flatMap(rootsOf);
      const from = rootsOf(node.callee.object);
      return from.some((root) => HANDS_ON.has(root)) ? node.arguments.flatMap(rootsOf) : from;
    }
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap(rootsOf);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return [];
    case 'Property':
      return rootsOf(node.value);
    default:
      return childrenOf(node).flatMap(rootsOf);
  }
}

function namesIn(pattern: Node): readonly string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  return childrenOf(pattern).flatMap((child) => namesIn(child.type === 'Property' ? child.value : child));
}
