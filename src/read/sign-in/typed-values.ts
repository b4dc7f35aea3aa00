import type { CallExpression, Node } from 'oxc-parser';
import { childrenOf } from '../code/nodes-at.ts';
import { nameOf } from './own-functions.ts';
import { EMPTY_FORM, FORM_READERS, OUTCOME, WRAPPER } from './tables.ts';

/**
 * What of an expression somebody typed. `identity` says who they are, which anybody can type; `proof` is anything
 * else, such as a password, a code or the token of another service; `all` is the whole form, and `request` what brings
 * it. `found` is what a call answered that was handed no more than an identity. `foreign` is what a call answered that
 * was handed nothing of it: a cookie or a session may stand behind it.
 */
export type Typed = 'nothing' | 'foreign' | 'found' | 'identity' | 'proof' | 'all' | 'request';

const RANK: readonly Typed[] = ['nothing', 'foreign', 'found', 'identity', 'proof', 'all', 'request'];

/** Whether somebody typed it, as it stands or in a form that still says it. */
export function isTyped(typed: Typed): boolean {
  return typed !== 'nothing' && typed !== 'foreign';
}

/** Whether it holds more than who somebody says they are. */
export function holdsProof(typed: Typed): boolean {
  return typed === 'proof' || typed === 'all' || typed === 'request';
}

/** What the names of a function stand for. */
export interface Reader {
  readonly names: Map<string, Typed>;
  readonly identity: RegExp;
}

/** What of an expression somebody typed. */
export function typedOf(node: Node, reader: Reader): Typed {
  if (node.type === 'Identifier') return reader.names.get(node.name) ?? 'nothing';
  if (node.type === 'MemberExpression') {
    const name = node.computed && node.property.type !== 'Literal' ? undefined : nameOf(node.property);
    return ofProperty(typedOf(node.object, reader), name, reader.identity);
  }
  if (node.type === 'Property') return typedOf(node.value, reader);
  const form = node.type === 'CallExpression' ? ofForm(node, reader) : undefined;
  if (form !== undefined) return form;
  const most = childrenOf(node)
    .map((child) => typedOf(child, reader))
    .reduce(strongest, 'nothing');
  return most === 'request' && node.type === 'CallExpression' ? 'proof' : most;
}

/** `await request.json()` is the form; `form.get('password')` is a field of it. */
function ofForm({ callee, arguments: given }: CallExpression, reader: Reader) {
  if (callee.type !== 'MemberExpression') return undefined;
  const object = typedOf(callee.object, reader);
  const name = nameOf(callee.property) ?? '';
  if (object === 'request' && FORM_READERS.test(name)) return 'all' as const;
  const [field] = given;
  return object === 'all' && /^get(?:All)?$/.test(name) && field?.type === 'Literal'
    ? ofProperty('all', String(field.value), reader.identity)
    : undefined;
}

/** What a field of something typed stands for. */
export function ofProperty(object: Typed, name: string | undefined, identity: RegExp): Typed {
  if (object === 'request') return name !== undefined && EMPTY_FORM.test(name) ? 'all' : 'request';
  if (object === 'proof' && name !== undefined && OUTCOME.test(name)) return 'nothing';
  if (object !== 'all') return object;
  if (name === undefined) return 'proof';
  if (WRAPPER.test(name)) return 'all';
  if (OUTCOME.test(name)) return 'nothing';
  return identity.test(name) ? 'identity' : 'proof';
}

function strongest(left: Typed, right: Typed): Typed {
  return RANK.indexOf(left) >= RANK.indexOf(right) ? left : right;
}
