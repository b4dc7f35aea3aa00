import type {
  AwaitExpression,
  BlockStatement,
  CallExpression,
  CatchClause,
  IfStatement,
  Node,
  Statement,
  TryStatement,
  VariableDeclaration,
} from 'oxc-parser';
import type { Span } from '../../../src/contract.ts';
import { insertion } from '../../../src/edit/outcome.ts';
import { indentOf, styleOf } from '../../../src/edit/ts-file.ts';
import { collect, source } from './tree.ts';

/** What an edit needs of lib/api/upstream, and what it takes away. */
export interface UpstreamEdit {
  readonly spans: readonly Span[];
  readonly imports: readonly string[];
}

/**
 * A function that asks a service gives up on it in time, answers for a failure of it with a status that says so, and
 * tells nobody the cause; undefined where it asks in a way that is not known.
 */
export function upstreamEdit(text: string, body: BlockStatement): UpstreamEdit | undefined {
  const calls = collect(body, (node) => (isFetch(node) ? node : undefined));
  const [call] = calls;
  if (!call || calls.length > 1) return undefined;
  const attempt = collect(body, (node) => (isTryAround(node, call) ? node : undefined)).at(-1);
  const answer = attempt && collect(attempt.block, (node) => declaredBy(node, call))[0];
  if (!attempt?.handler || !answer) return undefined;
  return {
    spans: [
      { start: call.callee.start, end: call.callee.end, text: 'askUpstream' },
      ...refusalSpans(text, attempt.block, answer),
      catchSpan(text, attempt.handler),
    ],
    imports: ['askUpstream', 'upstreamFailure', 'upstreamRefusal'],
  };
}

function isFetch(node: Node): node is CallExpression {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'fetch';
}

function isTryAround(node: Node, call: Node): node is TryStatement {
  return (
    node.type === 'TryStatement' &&
    node.block.start < call.start &&
    call.end < node.block.end &&
    !node.finalizer
  );
}

/** The variable that holds what the service answered. */
interface Held {
  readonly name: string;
  readonly statement: VariableDeclaration;
}

function declaredBy(node: Node, call: CallExpression): Held | undefined {
  if (node.type !== 'VariableDeclaration' || node.declarations.length > 1) return undefined;
  const [{ id, init } = { id: undefined, init: undefined }] = node.declarations;
  const isOwn = init?.type === 'AwaitExpression' && isOf(init, call);
  return isOwn && id?.type === 'Identifier' ? { name: id.name, statement: node } : undefined;
}

function isOf({ argument }: AwaitExpression, call: CallExpression): boolean {
  return argument.start === call.start && argument.end === call.end;
}

/** The branch for a failure answers with the failure; where there is none, one is added. */
function refusalSpans(text: string, block: BlockStatement, { name, statement }: Held): readonly Span[] {
  const { semicolon } = styleOf(text);
  const line = `if (!${name}.ok) return upstreamRefusal(${name})${semicolon}`;
  const branch = collect(block, (node) => (isBranchFor(text, node, name) ? node : undefined))[0];
  if (branch) return [{ start: branch.start, end: branch.end, text: line }];
  const chosen = collect(block, (node) =>
    node.type === 'ConditionalExpression' && source(text, node.test) === `${name}.ok` ? node : undefined,
  )[0];
  const choice = chosen
    ? [{ start: chosen.start, end: chosen.end, text: source(text, chosen.consequent) }]
    : [];
  return [insertion(statement.end, `\n${indentOf(text, statement.start)}${line}`), ...choice];
}

/** `if (!answer.ok) …` that ends in an answer or an error. */
function isBranchFor(text: string, node: Node, name: string): node is IfStatement {
  return (
    node.type === 'IfStatement' &&
    !node.alternate &&
    source(text, node.test) === `!${name}.ok` &&
    /^(?:Return|Throw)Statement$/.test(lastOf(node.consequent)?.type ?? '')
  );
}

function lastOf(statement: Statement): Statement | undefined {
  return statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
}

function catchSpan(text: string, { start, body, param }: CatchClause): Span {
  const { semicolon } = styleOf(text);
  const name = param?.type === 'Identifier' ? param.name : 'error';
  const outer = indentOf(text, start);
  const inner = indentOf(text, body.body[0]?.start ?? start);
  const line = `return upstreamFailure(${name})${semicolon}`;
  return { start, end: body.end, text: `catch (${name}) {\n${inner}${line}\n${outer}}` };
}
