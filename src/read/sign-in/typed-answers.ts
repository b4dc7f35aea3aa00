import type { Expression, Node, ObjectExpression } from 'oxc-parser';
import { nameOf } from './own-functions.ts';
import { isRandom, isSettled } from './settled-calls.ts';
import { WHO } from './tables.ts';
import type { TypedInput } from './typed-input.ts';
import { isTyped } from './typed-values.ts';

/** Whether an answer is whoever the form says: its id or role was typed, or somebody was found by what was typed. */
export function isWhoWasTyped(node: Expression, input: TypedInput): boolean {
  if (node.type !== 'ObjectExpression') return isTyped(input.of(node));
  const who = node.properties.filter((each) => each.type !== 'Property' || isAnyWho(node, each.key));
  return who.some((each) => {
    const value = each.type === 'Property' ? each.value : each.argument;
    return value.type !== 'TemplateLiteral' && isTyped(input.of(value));
  });
}

/** An email address says who it is where there is no id of its own. */
function isAnyWho(node: ObjectExpression, key: Node): boolean {
  const name = nameOf(key) ?? '';
  if (!WHO.test(name)) return false;
  return (
    name !== 'email' || !node.properties.some((each) => each.type === 'Property' && nameOf(each.key) === 'id')
  );
}

/** Whether an answer is the same for everybody: nothing that was called for it could turn anybody away. */
export function isConstant(node: Expression, input: TypedInput): boolean {
  const value = node.type === 'Identifier' ? input.valueOf(node.name) : node;
  return (
    value?.type === 'ObjectExpression' &&
    input.of(value) === 'nothing' &&
    isSettled(value) &&
    !isGuest(value, input)
  );
}

/** Somebody new with every call, of whom nothing else says that they are anybody. */
function isGuest({ properties }: ObjectExpression, input: TypedInput): boolean {
  const who = properties.flatMap((each) =>
    each.type === 'Property' && WHO.test(nameOf(each.key) ?? '') ? [each.value] : [],
  );
  const made = (value: Node) => (value.type === 'Identifier' ? (input.valueOf(value.name) ?? value) : value);
  return who.length > 0 && who.every((value) => isRandom(made(value)));
}
