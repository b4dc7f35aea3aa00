import type { Expression, Node, Super } from 'oxc-parser';
import type { Repo } from '../../../src/contract.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { COMPARES, FRAME } from '../tables.ts';

/**
 * Whether a file certainly tries nothing: it calls nothing but what declares tests, and compares constants alone. A
 * file that calls code without an expectation tries it: it fails where that throws. What does not parse, or hands
 * something on, is not certain.
 */
export function triesNothing(repo: Repo, path: string): boolean {
  const module = peekModule(repo, path);
  if (!module || module.exports.some(({ entries }) => entries.some(({ isType }) => !isType))) return false;
  let tries = false;
  const found = () => {
    tries = true;
  };
  walk(module, {
    CallExpression: ({ callee, arguments: given }) => {
      const name = rootName(callee);
      if (COMPARES.has(name) ? !given.every(isConstant) : !FRAME.has(name)) found();
    },
    TaggedTemplateExpression: ({ tag }) => {
      if (!FRAME.has(rootName(tag))) found();
    },
    NewExpression: found,
    ImportExpression: found,
    JSXOpeningElement: found,
  });
  return !tries;
}

/** `expect` of `expect(1).not.toBe(2)`, `test` of `test.each(…)`; '' for what does not begin with a name. */
function rootName(node: Expression | Super): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return rootName(node.object);
  return node.type === 'CallExpression' ? rootName(node.callee) : '';
}

function isConstant(node: Node): boolean {
  if (node.type === 'Literal') return true;
  if (node.type === 'TemplateLiteral') return node.expressions.length === 0;
  if (node.type === 'UnaryExpression') return isConstant(node.argument);
  return node.type === 'BinaryExpression' && isConstant(node.left) && isConstant(node.right);
}
