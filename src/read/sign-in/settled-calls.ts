import type { CallExpression, Node } from 'oxc-parser';
import { childrenOf } from '../code/nodes-at.ts';
import { nameOf, withoutWait } from './own-functions.ts';

/** Calls that make something of what they are handed, or something new, and can turn nobody away. */
const SETTLED =
  /^(?:JSON\.(?:stringify|parse)|Date\.now|Math\.\w+|Object\.(?:assign|freeze|keys|values|entries|fromEntries)|(?:String|Number|Boolean)(?:\.\w+)?|Array\.(?:from|of)|encodeURIComponent|btoa)$/;
const RANDOM = /^(?:(?:\w+\.)?(?:randomUUID|randomBytes)|nanoid|uuid(?:v\d)?|cuid|createId|Math\.random)$/;
/** What anything answers about itself. */
const TURNS =
  /^(?:toString|toISOString|toLowerCase|toUpperCase|trim|getTime|slice|join|replace|concat|padStart)$/;

/** Whether each call in a node only makes a value: none of them looks anybody up, and none can refuse. */
export function isSettled(node: Node): boolean {
  if (node.type === 'NewExpression' && nameOf(node.callee) !== 'Date') return false;
  if (node.type === 'CallExpression' && !cannotRefuse(node)) return false;
  return childrenOf(node).every(isSettled);
}

/** Whether a call makes a value alone, whoever calls. */
export function cannotRefuse({ callee }: CallExpression): boolean {
  const path = pathOf(callee);
  if (SETTLED.test(path) || RANDOM.test(path)) return true;
  return callee.type === 'MemberExpression' && TURNS.test(nameOf(callee.property) ?? '');
}

/** Whether a value is made up anew with each call. */
export function isRandom(node: Node): boolean {
  return (
    (node.type === 'CallExpression' && RANDOM.test(pathOf(node.callee))) || childrenOf(node).some(isRandom)
  );
}

/** `JSON.stringify`, as it is written. */
function pathOf(callee: Node): string {
  if (callee.type !== 'MemberExpression') return nameOf(callee) ?? '';
  const object = withoutWait(callee.object);
  return `${nameOf(object) ?? ''}.${nameOf(callee.property) ?? ''}`;
}
