import type { ts } from 'ts-morph';
import { typescript } from '../../../src/read/code/typescript.ts';
import type { Answer } from './answers.ts';
import { bare, type Callable, constantOf, symbolOf } from './meaning.ts';
import { type AnswerReader, contentTypeOf, messageIn } from './response-options.ts';
import { ANYTHING } from './schema.ts';

/** Leaves out what runs for other methods than one; the visitor goes on below where it says false. */
export type Skip = (node: ts.Node) => boolean;

/** The methods that a handler of the pages router tells apart; GET where it asks for none, POST where it reads a body. */
export function methodsOf(functions: readonly Callable[]): readonly string[] {
  const ts = typescript();
  const found = new Set<string>();
  let readsBody = false;
  const visit = (node: ts.Node): void => {
    const asked = methodAsked(node);
    if (asked) found.add(asked.method);
    if (ts.isSwitchStatement(node) && isMethod(node.expression))
      for (const clause of node.caseBlock.clauses)
        if (ts.isCaseClause(clause) && ts.isStringLiteralLike(clause.expression))
          found.add(clause.expression.text);
    if (
      ts.isPropertyAccessExpression(node) &&
      node.name.text === 'body' &&
      /^req(?:uest)?$/.test(node.expression.getText())
    )
      readsBody = true;
    ts.forEachChild(node, visit);
  };
  for (const { body } of functions) if (body) visit(body);
  const known = [...found].filter((each) => /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(each));
  if (known.length > 0) return known;
  return readsBody ? ['POST'] : ['GET'];
}

/** What a handler does not run for a method: `if (req.method !== 'POST') …`, the other cases of a switch. */
export function skipsOthers(method: string): Skip {
  const ts = typescript();
  return (node) => {
    const { parent } = node;
    if (ts.isIfStatement(parent) && parent.expression !== node) {
      const asked = methodAsked(parent.expression);
      if (!asked) return false;
      const runsThen = (asked.method === method) === asked.isEqual;
      return parent.thenStatement === node ? !runsThen : runsThen;
    }
    if (!ts.isCaseClause(node) || !ts.isCaseBlock(parent) || !isMethod(parent.parent.expression))
      return false;
    return ts.isStringLiteralLike(node.expression) && node.expression.text !== method;
  };
}

/** `req.method === 'POST'` */
function methodAsked(node: ts.Node): { readonly method: string; readonly isEqual: boolean } | undefined {
  const ts = typescript();
  if (!ts.isBinaryExpression(node) || !isMethod(node.left) || !ts.isStringLiteralLike(node.right))
    return undefined;
  const operator = node.operatorToken.getText();
  return /^[!=]==?$/.test(operator)
    ? { method: node.right.text, isEqual: operator.startsWith('=') }
    : undefined;
}

function isMethod(node: ts.Node): boolean {
  const ts = typescript();
  return ts.isPropertyAccessExpression(node) && node.name.text === 'method';
}

const ENDS: ReadonlySet<string> = new Set(['json', 'send', 'end', 'redirect']);

/** What a handler of the pages router answers through its second parameter: `res.status(201).json(item)`. */
export function pagesAnswers(
  own: AnswerReader,
  functions: readonly Callable[],
  skip: Skip,
): readonly Answer[] {
  const ts = typescript();
  return functions.flatMap(({ parameters: [, second], body }) => {
    const response =
      second && ts.isIdentifier(second.name) && own.code.checker.getSymbolAtLocation(second.name);
    const found: Answer[] = [];
    const visit = (node: ts.Node): void => {
      if (skip(node)) return;
      if (ts.isCallExpression(node))
        found.push(...answerIn(own, node, (each) => symbolOf(own.code, each) === response));
      ts.forEachChild(node, visit);
    };
    if (body && response) visit(body);
    return found;
  });
}

function answerIn(
  own: AnswerReader,
  call: ts.CallExpression,
  isResponse: (node: ts.Expression) => boolean,
): readonly Answer[] {
  const ts = typescript();
  if (!ts.isPropertyAccessExpression(call.expression) || !ENDS.has(call.expression.name.text)) return [];
  const chain = chainOf(call.expression.expression);
  if (!isResponse(chain.root)) return [];
  const method = call.expression.name.text;
  const status = chain.calls.get('status')?.[0] ?? chain.calls.get('writeHead')?.[0];
  const known = status && constantOf(own.code, status);
  const code =
    status === undefined
      ? method === 'redirect'
        ? 307
        : 200
      : typeof known === 'number'
        ? known
        : undefined;
  const [body] = call.arguments;
  if (method === 'redirect' || method === 'end' || !body)
    return [{ status: code, contentType: undefined, schema: ANYTHING }];
  const schema = own.values.of(body);
  const isText = method === 'send' && schema.type === 'string';
  const type = chain.calls.get('setHeader')?.[1];
  const contentType = (type && contentTypeOf(own, type)) ?? (isText ? 'text/html' : 'application/json');
  const message = messageIn(own, bare(body));
  return [{ status: code, contentType, schema, ...(message === undefined ? {} : { message }) }];
}

interface Chain {
  readonly root: ts.Expression;
  readonly calls: ReadonlyMap<string, readonly ts.Expression[]>;
}

/** `res.status(201)` with what was called on the way. */
function chainOf(node: ts.Expression): Chain {
  const ts = typescript();
  const calls = new Map<string, readonly ts.Expression[]>();
  let root = bare(node);
  while (ts.isCallExpression(root) && ts.isPropertyAccessExpression(root.expression)) {
    calls.set(root.expression.name.text, root.arguments);
    root = bare(root.expression.expression);
  }
  return { root, calls };
}
