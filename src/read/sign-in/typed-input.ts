import type {
  BindingPattern,
  CallExpression,
  Expression,
  Node,
  ObjectPattern,
  ParamPattern,
  VariableDeclaration,
} from 'oxc-parser';
import { childrenOf } from '../code/nodes-at.ts';
import { type FunctionNode, isFunction, lastName, nameOf, withoutWait } from './own-functions.ts';
import { cannotRefuse } from './settled-calls.ts';
import { ANSWERS_NEW, IDENTITY, SHAPE_ONLY } from './tables.ts';
import { holdsProof, isTyped, ofProperty, type Reader, type Typed, typedOf } from './typed-values.ts';

/** What the names of a function stand for. */
export interface TypedInput {
  of(node: Node): Typed;
  /** What a constant of the function was set to, so that a test of its name is a test of that. */
  valueOf(name: string): Expression | undefined;
  /** Whether a variable is empty or false until something is assigned to it. */
  startsEmpty(name: string): boolean;
}

/**
 * Reads what the names inside a function stand for, where its parameters stand for these.
 * @param identity the fields that prove nothing, whoever types them
 */
export function typedInput(
  door: FunctionNode,
  params: readonly Typed[],
  identity: RegExp = IDENTITY,
): TypedInput {
  const names = new Map<string, Typed>();
  const values = new Map<string, Expression>();
  const unset = new Set<string>();
  const reader: Reader = { names, identity };
  const input: TypedInput = {
    of: (node) => typedOf(node, reader),
    valueOf: (name) => values.get(name),
    startsEmpty: (name) => unset.has(name),
  };
  for (const [index, param] of paramsOf(door).entries()) bind(param, params[index] ?? 'nothing', reader);
  if (door.body) readNames(door.body, { input, reader, values, unset });
  return input;
}

function paramsOf({ params }: FunctionNode): readonly BindingPattern[] {
  return params.flatMap((param: ParamPattern) =>
    param.type === 'RestElement' || param.type === 'TSParameterProperty' ? [] : [param],
  );
}

interface Reading {
  readonly input: TypedInput;
  readonly reader: Reader;
  readonly values: Map<string, Expression>;
  /** Variables that are empty or false until something is assigned to them. */
  readonly unset: Set<string>;
}

function readNames(node: Node, reading: Reading): void {
  if (node.type === 'VariableDeclaration') declare(node, reading);
  if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier')
    assign(node.left.name, node.right, reading);
  if (node.type === 'CallExpression') handOver(node, reading);
  for (const child of childrenOf(node)) readNames(child, reading);
}

/** `list.find((item) => …)`: an item of what was typed was typed, too. */
function handOver(call: CallExpression, { input, reader }: Reading): void {
  const list = listOf(call);
  const [each] = call.arguments;
  const [item] = each && isFunction(each) ? paramsOf(each) : [];
  if (list && item && isTyped(input.of(list))) bind(item, input.of(list), reader);
}

const LIST_METHODS = /^(?:find|findIndex|findLast|some|every|filter|map|flatMap|forEach)$/;

/** What a call goes through item by item; undefined where it does anything else. */
export function listOf({ callee, arguments: [each] }: CallExpression): Expression | undefined {
  const isWalk = callee.type === 'MemberExpression' && LIST_METHODS.test(nameOf(callee.property) ?? '');
  return isWalk && each && isFunction(each) ? callee.object : undefined;
}

function declare({ kind, declarations }: VariableDeclaration, reading: Reading): void {
  const { input, reader, values, unset } = reading;
  for (const { id, init } of declarations) {
    if (init) bind(id, answerOf(init, input), reader);
    if (id.type !== 'Identifier') continue;
    if (kind === 'const' && init) values.set(id.name, init);
    if (kind !== 'const' && isUnset(init)) unset.add(id.name);
  }
}

/** `let isValid = false; if (…) isValid = await compare(…)`: what is true by then was proven. */
function assign(name: string, value: Expression, { input, reader, unset }: Reading): void {
  if (unset.has(name) && reader.names.get(name) !== 'foreign') reader.names.set(name, assigned(value, input));
}

/** What a call made of a proof stands for the outcome; the proof itself, put into another shape, stays one. */
function assigned(value: Expression, input: TypedInput): Typed {
  const isShape = /^(?:ObjectExpression|ConditionalExpression|Identifier|MemberExpression)$/.test(
    withoutWait(value).type,
  );
  return holdsProof(input.of(value)) && !isShape ? 'foreign' : answerOf(value, input);
}

function isUnset(init: Expression | null): boolean {
  if (init === null) return true;
  if (init.type === 'Literal') return !init.value;
  if (init.type === 'ObjectExpression') return init.properties.length === 0;
  if (init.type === 'ArrayExpression') return init.elements.length === 0;
  return init.type === 'TSAsExpression'
    ? isUnset(init.expression)
    : init.type === 'Identifier' && init.name === 'undefined';
}

/** What a variable holds: a call that was handed nothing typed may answer from anywhere. */
function answerOf(init: Expression, input: TypedInput): Typed {
  const typed = input.of(init);
  const call = withoutWait(init);
  if (call.type !== 'CallExpression' || isShapeOnly(call)) return typed;
  if (typed === 'nothing') return cannotRefuse(call) ? typed : 'foreign';
  if (typed !== 'identity' && typed !== 'found') return typed;
  return ANSWERS_NEW.test(lastName(call.callee) ?? '') ? 'foreign' : 'found';
}

function bind(pattern: BindingPattern, typed: Typed, reader: Reader): void {
  if (pattern.type === 'Identifier') reader.names.set(pattern.name, typed);
  else if (pattern.type === 'AssignmentPattern') bind(pattern.left, typed, reader);
  else if (pattern.type === 'ObjectPattern')
    for (const property of pattern.properties) bindProperty(property, typed, reader);
  else
    for (const element of pattern.elements)
      if (element?.type === 'Identifier') reader.names.set(element.name, typed);
}

function bindProperty(property: ObjectPattern['properties'][number], typed: Typed, reader: Reader): void {
  if (property.type !== 'RestElement')
    bind(property.value, ofProperty(typed, nameOf(property.key), reader.identity), reader);
  else if (property.argument.type === 'Identifier') reader.names.set(property.argument.name, typed);
}

/** Whether a call asks for nothing but the shape of its arguments, writes them down or turns them into others. */
export function isShapeOnly({ callee }: { readonly callee: Expression }): boolean {
  const name = callee.type === 'MemberExpression' ? nameOf(callee.property) : nameOf(callee);
  return name !== undefined && SHAPE_ONLY.test(name);
}
