import type { Node } from 'oxc-parser';
import type { NextApp, Repo } from '../../../src/contract.ts';
import { nodesAt } from '../../../src/read/code/nodes-at.ts';
import { walk } from '../../../src/read/code/walk.ts';

/** Decides which of several builds it is. */
const CHOICE = /^(?:ConditionalExpression|LogicalExpression|IfStatement|SwitchStatement|CatchClause)$/;

/** Whether every build is files alone (`output: 'export'`), so that nothing runs on a server. */
export function isStaticExport(repo: Repo, { configPath }: NextApp): boolean {
  if (configPath === undefined || !repo.mentions(configPath, /\boutput\b/)) return false;
  const module = repo.module(configPath);
  const places: number[] = [];
  walk(module, {
    Property: ({ key, value, start }) => {
      if (nameOf(key) === 'output' && isExport(value)) places.push(start);
    },
    AssignmentExpression: ({ left, right, start }) => {
      if (left.type === 'MemberExpression' && nameOf(left.property) === 'output' && isExport(right))
        places.push(start);
    },
  });
  return places.some((at) => !nodesAt(module, at).some(({ type }) => CHOICE.test(type)));
}

function nameOf(node: Node): unknown {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' ? node.value : undefined;
}

function isExport(node: Node): boolean {
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression')
    return isExport(node.expression);
  if (node.type === 'TemplateLiteral')
    return node.quasis.length === 1 && node.quasis[0]?.value.raw === 'export';
  return node.type === 'Literal' && node.value === 'export';
}
