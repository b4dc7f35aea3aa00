import type { BlockStatement, Expression, Node, Statement, TemplateLiteral } from 'oxc-parser';
import type { Span } from '../../../src/contract.ts';
import { styleOf } from '../../../src/edit/ts-file.ts';
import { lastName } from '../../../src/read/sign-in/own-functions.ts';
import { collect, source } from './tree.ts';

/** What a handler reads of its request, as the admission hands it over. */
export const INPUT = 'admitted.input';

/**
 * Where a handler reads its body, it takes what was admitted instead; undefined where it reads none, or in a way that
 * is not known.
 */
export function bodySpans(text: string, body: BlockStatement, request: string): readonly Span[] | undefined {
  const reads = collect(body, (node) => (isBodyRead(text, node, request) ? node : undefined));
  const [read] = reads;
  const uses = source(text, body).split(`${request}.`).length - 1;
  if (!read || reads.length > 1 || uses > 1) return undefined;
  const guarded = guardedRead(text, body, read) ?? collect(body, (node) => guardedRead(text, node, read))[0];
  return [guarded ?? { start: read.start, end: read.end, text: INPUT }];
}

/** `await request.json()`, with or without something to catch what is no JSON. */
function isBodyRead(text: string, node: Node, request: string): boolean {
  if (node.type !== 'AwaitExpression') return false;
  const words = source(text, node.argument);
  const rest = words.startsWith(`${request}.json()`) ? words.slice(`${request}.json()`.length) : undefined;
  return (
    rest === '' || (rest !== undefined && /^\s*\.catch\(\(\) => (?:null|undefined|\(\{\}\))\)$/.test(rest))
  );
}

/** `let body; try { body = await request.json(); } catch { return … }` says what the admission has said already. */
function guardedRead(text: string, node: Node, read: Node): Span | undefined {
  if (node.type !== 'BlockStatement') return undefined;
  const at = node.body.findIndex((each) => each.type === 'TryStatement' && holdsOnly(each, read));
  const declared = node.body[at - 1];
  const tried = node.body[at];
  if (declared?.type !== 'VariableDeclaration' || !tried) return undefined;
  const [variable] = declared.declarations;
  if (!variable || declared.declarations.length > 1 || variable.id.type !== 'Identifier' || variable.init)
    return undefined;
  return {
    start: declared.start,
    end: tried.end,
    text: `const ${variable.id.name} = ${INPUT}${styleOf(text).semicolon}`,
  };
}

function holdsOnly(statement: Statement, read: Node): boolean {
  if (statement.type !== 'TryStatement' || statement.finalizer || !statement.handler) return false;
  const [only, ...more] = statement.block.body;
  const isRead =
    more.length === 0 &&
    only?.type === 'ExpressionStatement' &&
    only.expression.type === 'AssignmentExpression' &&
    only.expression.right.start === read.start;
  const leaves = statement.handler.body.body.at(-1)?.type === 'ReturnStatement';
  return isRead && leaves;
}

/**
 * Where a handler takes fields from its query, it takes those that were admitted; undefined where it does so in a way
 * that is not known.
 */
export function querySpans(
  text: string,
  body: BlockStatement,
  names: readonly string[],
): readonly Span[] | undefined {
  const taken = body.body.filter((statement) => names.some((name) => takesField(statement, name)));
  const [first, ...others] = taken;
  const last = others.at(-1) ?? first;
  if (
    !first ||
    !last ||
    taken.length !== names.length ||
    source(text, body).split('.get(').length - 1 !== names.length
  )
    return undefined;
  const isTogether = body.body
    .slice(body.body.indexOf(first))
    .slice(0, taken.length)
    .every((each) => taken.includes(each));
  if (!isTogether) return undefined;
  return [
    {
      start: first.start,
      end: last.end,
      text: `const { ${names.join(', ')} } = ${INPUT}${styleOf(text).semicolon}`,
    },
  ];
}

/** `const id = request.nextUrl.searchParams.get('id') || '';` */
function takesField(statement: Statement, name: string): boolean {
  if (statement.type !== 'VariableDeclaration' || statement.declarations.length > 1) return false;
  const [{ id, init } = { id: undefined, init: undefined }] = statement.declarations;
  if (id?.type !== 'Identifier' || id.name !== name || !init) return false;
  const isDefaulted = init.type === 'LogicalExpression' && init.operator !== '&&' && isBlank(init.right);
  const call = isDefaulted ? init.left : init;
  const [key] = call.type === 'CallExpression' ? call.arguments : [];
  return (
    lastName(call.type === 'CallExpression' ? call.callee : call) === 'get' &&
    key?.type === 'Literal' &&
    key.value === name
  );
}

function isBlank(expression: Expression): boolean {
  return expression.type === 'Literal' && expression.value === '';
}

/** The query of an address that is put together as text, written with URLSearchParams. */
export function escapedQuery(text: string, body: Node): readonly Span[] {
  return collect(body, (node) => (node.type === 'TemplateLiteral' ? queryOf(text, node) : undefined));
}

function queryOf(text: string, { quasis, expressions }: TemplateLiteral): Span | undefined {
  const from = quasis.findIndex(({ value }) => /\?[\w-]+=$/.test(value.raw));
  const values = from === -1 ? [] : expressions.slice(from);
  const fields = values.map((value, index) =>
    fieldOf(source(text, value), quasis[from + index]?.value.raw ?? ''),
  );
  const [first] = values;
  const last = values.at(-1);
  if (!first || !last || fields.includes(undefined) || quasis.at(-1)?.value.raw !== '') return undefined;
  const start = text.lastIndexOf('?', first.start) + 1;
  const end = text.indexOf('}', last.end) + 1;
  return { start, end, text: `\${new URLSearchParams({ ${fields.join(', ')} })}` };
}

function fieldOf(words: string, before: string): string | undefined {
  const name = /(?:^&|\?)([\w-]+)=$/.exec(before)?.[1];
  if (name === undefined || words === name) return name;
  return `${/^\w+$/.test(name) ? name : `'${name}'`}: ${words}`;
}
