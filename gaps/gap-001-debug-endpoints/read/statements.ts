import type { ArrowFunctionExpression, Node, Function as OxcFunction, Statement } from 'oxc-parser';
import { escaped } from '../../../src/repo/escaped.ts';
import { HARMLESS, SETTING, STAGE_WORDS } from '../tables.ts';

/** A function, however it is written. */
export type Callable = OxcFunction | ArrowFunctionExpression;

/** Whether a node is a function. */
export function isFunction(node: Node): node is Callable {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** Without `await`, `as` and `satisfies` around it. */
export function bare(node: Node): Node {
  if (node.type === 'AwaitExpression') return bare(node.argument);
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression') return bare(node.expression);
  return node;
}

/** Whether nothing after the statement runs. */
export function ends(statement: Statement): boolean {
  if (statement.type === 'BlockStatement') {
    const last = statement.body.at(-1);
    return last !== undefined && ends(last);
  }
  if (statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement') return true;
  if (statement.type !== 'ExpressionStatement') return false;
  const node = bare(statement.expression);
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    /^(notFound|redirect|permanentRedirect|forbidden|unauthorized)$/.test(node.callee.name)
  );
}

/** `!process.env.GROQ_API_KEY`: a service that is not set up is no guard. */
export function isMissingSetting(source: string): boolean {
  const settings = source.match(/\benv\.[A-Z]\w*/g) ?? [];
  return (
    settings.length > 0 &&
    settings.every((each) => /KEY|SECRET|TOKEN|UR[IL]|DSN|HOST|PASSWORD|ID$/.test(each)) &&
    !/[!=]==?|\.get\(|timingSafeEqual|includes\(/.test(source)
  );
}

/** The setting that a condition reads, for people. */
export function nameOf(source: string): string {
  const name = SETTING.exec(source)?.[1] ?? STAGE_WORDS.exec(source)?.[0];
  return name === undefined ? 'a condition' : `the setting ${name}`;
}

/** `if (denied) return denied;`, `if (!auth.ok) return auth.response;` */
export function isHandedOn(test: string, answer: string): boolean {
  const returned = /^\{?\s*return\s+([A-Za-z_$][\w$]*)(?:\.\w+)*\s*(?:;\s*)?\}?$/.exec(answer)?.[1];
  return returned !== undefined && new RegExp(`(?<![\\w$.])${escaped(returned)}(?![\\w$])`).test(test);
}

const CALL = /(?<![\w$])([A-Za-z_$][\w$]*)\s*(?:<[^<>()]*>)?\(/g;

/** Whether code calls nothing but what looks at the request, or at nothing. */
export function isHarmless(source: string): boolean {
  return [...source.matchAll(CALL)].every(([, name = '']) => HARMLESS.test(name));
}
