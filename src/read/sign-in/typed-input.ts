import type { Function as AnyFunction, BindingPattern, Expression, Node, ParamPattern } from 'oxc-parser';
import { childrenOf } from '../code/nodes-at.ts';

/**
 * What of an expression somebody typed. `identity` says who they are, which anybody can type; `proof` is anything
 * else, such as a password, a code or the token of another service; `all` is the whole form. `foreign` is what a call
 * answered that was handed nothing of it: a cookie or a session may stand behind it.
 */
export type Typed = 'nothing' | 'foreign' | 'identity' | 'proof' | 'all';

export type Door = AnyFunction | Extract<Expression, { readonly type: 'ArrowFunctionExpression' }>;

const RANK: readonly Typed[] = ['nothing', 'foreign', 'identity', 'proof', 'all'];
const IDENTITY =
  /^(?:e_?mail(?:_?address)?|user_?name|user|login|identifier|name|first_?name|last_?name|handle|phone(?:_?number)?|role|id|user_?id|account|tenant|workspace|org(?:ani[sz]ation)?|remember(?:_?me)?|redirect(?:_?to)?|callback_?url|csrf_?token|json|locale|lang)$/i;
/** What a validator wraps around the form. */
const WRAPPER = /^(?:data|value|fields|body|input|values|output)$/;
const OUTCOME = /^(?:success|error|errors|issues|ok|length|message|status)$/;
/** Calls that only look at the shape of what was typed, or write it down. */
const SHAPE_ONLY =
  /^(?:safeParse|safeParseAsync|parse|parseAsync|validate|validateSync|String|Boolean|Number|trim|toLowerCase|toString|startsWith|endsWith|includes|split|slice|replace|test|match|log|info|warn|error|debug|has|keys|push)$/;

/** What the names of a function stand for. */
export interface TypedInput {
  of(node: Node): Typed;
}

/**
 * Reads what the names inside an `authorize(credentials, request)` stand for: the form itself and what is taken from
 * it. The request counts as proof, whatever is read of it.
 */
export function typedInput(door: Door): TypedInput {
  const names = new Map<string, Typed>();
  const input: TypedInput = { of: (node) => typedOf(node, names) };
  const [form, request] = paramsOf(door);
  if (form) bind(form, 'all', names);
  if (request) bind(request, 'proof', names);
  if (door.body) readNames(door.body, { input, names, unset: new Set() });
  return input;
}

function paramsOf({ params }: Door): readonly BindingPattern[] {
  return params.flatMap((param: ParamPattern) =>
    param.type === 'RestElement' || param.type === 'TSParameterProperty' ? [] : [param],
  );
}

interface Reading {
  readonly input: TypedInput;
  readonly names: Map<string, Typed>;
  /** Variables that are empty or false until something is assigned to them. */
  readonly unset: Set<string>;
}

function readNames(node: Node, reading: Reading): void {
  const { input, names, unset } = reading;
  if (node.type === 'VariableDeclarator') {
    if (node.init) bind(node.id, answerOf(node.init, input), names);
    if (node.id.type === 'Identifier' && isUnset(node.init)) unset.add(node.id.name);
  }
  // `let isValid = false; if (…) isValid = await compare(…)`: what is true by then was proven.
  if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier' && unset.has(node.left.name))
    if (['proof', 'all'].includes(input.of(node.right))) names.set(node.left.name, 'foreign');
  for (const child of childrenOf(node)) readNames(child, reading);
}

function isUnset(init: Expression | null): boolean {
  if (init === null) return true;
  return init.type === 'Literal' ? !init.value : init.type === 'Identifier' && init.name === 'undefined';
}

/** What a variable holds: a call that was handed nothing typed may answer from anywhere. */
function answerOf(init: Expression, input: TypedInput): Typed {
  const typed = input.of(init);
  const call = init.type === 'AwaitExpression' ? init.argument : init;
  return typed === 'nothing' && call.type === 'CallExpression' && !isShapeOnly(call) ? 'foreign' : typed;
}

function bind(pattern: BindingPattern, typed: Typed, names: Map<string, Typed>): void {
  if (pattern.type === 'Identifier') names.set(pattern.name, typed);
  else if (pattern.type === 'AssignmentPattern') bind(pattern.left, typed, names);
  else if (pattern.type === 'ObjectPattern')
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') bind(property.argument as BindingPattern, typed, names);
      else bind(property.value, ofProperty(typed, nameOf(property.key)), names);
    }
  else if (pattern.type === 'ArrayPattern')
    for (const element of pattern.elements)
      if (element?.type === 'Identifier') names.set(element.name, typed);
}

function typedOf(node: Node, names: ReadonlyMap<string, Typed>): Typed {
  if (node.type === 'Identifier') return names.get(node.name) ?? 'nothing';
  if (node.type === 'MemberExpression') {
    const name = node.computed && node.property.type !== 'Literal' ? undefined : nameOf(node.property);
    return ofProperty(typedOf(node.object, names), name);
  }
  if (node.type === 'Property') return typedOf(node.value, names);
  return childrenOf(node)
    .map((child) => typedOf(child, names))
    .reduce(strongest, 'nothing');
}

function ofProperty(object: Typed, name: string | undefined): Typed {
  if (object === 'proof' && name !== undefined && OUTCOME.test(name)) return 'nothing';
  if (object !== 'all') return object;
  if (name === undefined) return 'proof';
  if (WRAPPER.test(name)) return 'all';
  if (OUTCOME.test(name)) return 'nothing';
  return IDENTITY.test(name) ? 'identity' : 'proof';
}

function nameOf(key: Node): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

function strongest(left: Typed, right: Typed): Typed {
  return RANK.indexOf(left) >= RANK.indexOf(right) ? left : right;
}

/** Whether a call asks for nothing but the shape of its arguments. */
export function isShapeOnly({ callee }: { readonly callee: Expression }): boolean {
  const name = callee.type === 'MemberExpression' ? nameOf(callee.property) : nameOf(callee);
  return name !== undefined && SHAPE_ONLY.test(name);
}
