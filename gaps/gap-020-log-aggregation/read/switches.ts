import type { Node } from 'oxc-parser';
import type { Repo, SourceModule } from '../../../src/contract.ts';
import { codeFiles } from '../../../src/read/code/code-files.ts';
import { holds, nodesAt } from '../../../src/read/code/nodes-at.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { escaped } from '../../../src/repo/escaped.ts';

const SETTINGS =
  /(^|\/)(\.?env[\w.-]*|[\w.-]*\.env[\w.-]*|[\w.-]+\.(ya?ml|toml|tf|tfvars|tpl|sh)|Dockerfile[\w.-]*)$/i;
const OFF_OPTION = /^(?:enabled\s*:\s*false|(?:disabled|silent)\s*:\s*true|level\s*:\s*['"]silent['"])$/;
/** `process.env.LOGS === 'true'`, and the opposite. */
const IS_SET = /\benv\.(\w+)\s*={2,3}\s*['"](?:true|1|on|yes)['"]/;
const IS_NOT_SET = /\benv\.(\w+)\s*!={1,2}\s*['"](?:true|1|on|yes)['"]/;
/** `config.eventLogs.enabled`: the variable is called EVENT_LOGS_ENABLED. */
const FLAG = /\.(\w+)\.(?:isE|e)nabled$/;
const TYPES: ReadonlySet<string> = new Set(['TSTypeReference', 'TSTypeQuery', 'TSInterfaceHeritage']);

/**
 * What keeps all uses off: an option (`enabled: false`), or a condition on a variable that is off unless somebody
 * sets it, which nothing here does. Undefined where one of the uses is on, as far as can be read.
 * @param locals names that imports gave to what is used
 * @param places further uses
 */
export function switchThatKeepsOff(
  repo: Repo,
  module: SourceModule,
  locals: readonly string[],
  places: readonly number[],
): string | undefined {
  const switches = [...referencesTo(module, locals), ...places].map((at) => switchAt(repo, module, at));
  return switches.includes(undefined) ? undefined : switches[0];
}

/** Where the code names these bindings, imports and types left out. */
function referencesTo(module: SourceModule, locals: readonly string[]): readonly number[] {
  const found: number[] = [];
  walk(module, {
    Identifier: ({ name, start }) => {
      if (locals.includes(name)) found.push(start);
    },
  });
  return found.filter(
    (at) => !nodesAt(module, at).some(({ type }) => type === 'ImportDeclaration' || TYPES.has(type)),
  );
}

function switchAt(repo: Repo, module: SourceModule, at: number): string | undefined {
  for (const node of nodesAt(module, at)) {
    const option = optionsAround(node, at)
      .map(({ start, end }) => module.text.slice(start, end))
      .find((text) => OFF_OPTION.test(text));
    if (option !== undefined) return option;
    for (const { test, isWanted } of conditionsAround(node, at)) {
      const found = reasonOf(repo, module.text, module.text.slice(test.start, test.end), isWanted);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The options that stand beside a use, or that a call hands to it. */
function optionsAround(node: Node, at: number): readonly Node[] {
  if (node.type === 'ObjectExpression') return node.properties;
  if ((node.type !== 'CallExpression' && node.type !== 'NewExpression') || !holds(node.callee, at)) return [];
  return node.arguments.flatMap((each) => (each.type === 'ObjectExpression' ? each.properties : []));
}

interface Condition {
  readonly test: Node;
  /** Whether the use runs where the test holds, or where it does not. */
  readonly isWanted: boolean;
}

/** The conditions that decide whether an offset inside of a node is reached. */
function conditionsAround(node: Node, at: number): readonly Condition[] {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression')
    return holds(node.test, at) ? [] : [{ test: node.test, isWanted: holds(node.consequent, at) }];
  if (node.type === 'LogicalExpression')
    return node.operator === '&&' && holds(node.right, at) ? [{ test: node.left, isWanted: true }] : [];
  if (node.type !== 'BlockStatement') return [];
  return node.body.flatMap((statement): readonly Condition[] =>
    statement.type === 'IfStatement' && statement.end <= at && isExit(statement.consequent)
      ? [{ test: statement.test, isWanted: false }]
      : [],
  );
}

function isExit(statement: Node): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

/** Why a test keeps off what runs where it holds (or, not wanted, where it does not); undefined where it may be on. */
function reasonOf(repo: Repo, code: string, test: string, isWanted: boolean): string | undefined {
  if (!isWanted && test.startsWith('!')) return reasonOf(repo, code, test.slice(1), true);
  const asked = (isWanted ? IS_SET : IS_NOT_SET).exec(test)?.[1];
  if (asked !== undefined) return unsetReason(repo, asked);
  if (!isWanted) return undefined;
  if (test === 'false') return 'a condition that never holds';
  const flag = FLAG.exec(test)?.[1];
  if (flag !== undefined) return flagReason(repo, flag);
  const value = /^\w+$/.test(test)
    ? new RegExp(`\\bconst ${escaped(test)}\\b[^=\\n]{0,80}=([^;\\n]{1,200})`).exec(code)?.[1]?.trim()
    : undefined;
  return value === undefined ? undefined : reasonOf(repo, '', value, true);
}

function flagReason(repo: Repo, flag: string): string | undefined {
  const variable = `${flag.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toUpperCase()}_ENABLED`;
  return isOffByDefault(repo, variable) ? unsetReason(repo, variable) : undefined;
}

function unsetReason(repo: Repo, variable: string): string | undefined {
  return isSet(repo, variable) ? undefined : `nothing sets ${variable}`;
}

/** `EVENT_LOGS_ENABLED: stringBool("false")`, `.default(false)`: some code declares it so. */
function isOffByDefault(repo: Repo, name: string): boolean {
  const declared = new RegExp(`\\b${escaped(name)}["']?\\s?:[^,\\n]{0,200}\\bfalse\\b`);
  return codeFiles(repo).some((path) => repo.mentions(path, name) && declared.test(repo.peek(path) ?? ''));
}

/** Whether settings turn a variable on, or hand over what the server's own say. */
function isSet(repo: Repo, name: string): boolean {
  const on = new RegExp(
    `^[^#\\n]{0,200}\\b${escaped(name)}["']?(?:\\s?[=:]\\s?["']?(?:true|1|on|yes)\\b|\\s?[=:]\\s?["']?\\$\\{?${escaped(name)}(?:\\}|:-(?:true|1|on|yes)\\b|["']?$)|["']?[ \\t]*$)`,
    'im',
  );
  return repo.find(SETTINGS).some((path) => repo.mentions(path, name) && on.test(repo.peek(path) ?? ''));
}
