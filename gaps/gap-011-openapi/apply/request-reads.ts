import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import type { Credential, InputReader } from './input-reader.ts';
import { bare, type Callable, calledBy, constantOf, propertyOf, symbolOf } from './meaning.ts';
import type { Skip } from './pages-handler.ts';
import { parameterAt, type ReadParameter } from './parameter.ts';
import type { Schema } from './schema.ts';
import { zodSchema } from './zod-schema.ts';

/** A place where the body is read. */
export interface BodyRead {
  /** `json`, `formData`, `text`, `arrayBuffer`, `blob` */
  readonly method: string;
  readonly read: ts.Expression;
}

/** What is read of a request, and where. */
export interface Reads {
  readonly bodies: BodyRead[];
  /** What callers ask of what a helper reads for them. */
  readonly asked: Schema[];
  readonly query: Map<string, ReadParameter>;
  readonly headers: Map<string, ReadParameter>;
  readonly credentials: Set<Credential>;
}

/** Helpers that are handed the request are followed so many calls deep. */
const DEEPEST = 2;

/** Finds what functions read of their first parameter, the request. */
export function readsOf(own: InputReader, functions: readonly Callable[], skip: Skip): Reads {
  const reads: Reads = {
    bodies: [],
    asked: [],
    query: new Map(),
    headers: new Map(),
    credentials: new Set(),
  };
  for (const each of functions) {
    const [first] = each.parameters;
    readFunction(own, each, { request: first && parameterSymbol(own.code, first), reads, depth: 0, skip });
  }
  return reads;
}

interface Place {
  readonly request: ts.Symbol | undefined;
  readonly reads: Reads;
  readonly depth: number;
  readonly skip: Skip;
}

function parameterSymbol({ checker }: TypedCode, { name }: ts.ParameterDeclaration): ts.Symbol | undefined {
  const ts = typescript();
  return ts.isIdentifier(name) ? checker.getSymbolAtLocation(name) : undefined;
}

function readFunction(own: InputReader, { body }: Callable, place: Place): void {
  const ts = typescript();
  const visit = (node: ts.Node): void => {
    if (place.skip(node)) return;
    if (ts.isCallExpression(node)) {
      readMember(own, node, place);
      readHelper(own, node, place);
    } else if (ts.isPropertyAccessExpression(node) && isRequest(own, node.expression, place))
      readProperty(node, place);
    ts.forEachChild(node, visit);
  };
  if (body) visit(body);
}

function isRequest(own: InputReader, node: ts.Expression, { request }: Place): boolean {
  return request !== undefined && symbolOf(own.code, bare(node)) === request;
}

const BODY_READERS: ReadonlySet<string> = new Set(['json', 'formData', 'text', 'arrayBuffer', 'blob']);

function readMember(own: InputReader, call: ts.CallExpression, place: Place): void {
  const ts = typescript();
  if (!ts.isPropertyAccessExpression(call.expression)) return;
  const { expression, name } = call.expression;
  if (BODY_READERS.has(name.text) && isRequest(own, withoutClone(expression), place)) {
    place.reads.bodies.push({ method: name.text, read: call });
    return;
  }
  const [first] = call.arguments;
  const key = first && constantOf(own.code, first);
  if (typeof key !== 'string' || !/^(?:get|getAll|has)$/.test(name.text)) return;
  if (isSearch(own.code, bare(expression)))
    place.reads.query.set(key, parameterAt(own.code, call, name.text));
  else if (isHeaders(own, bare(expression), place))
    readHeader(own.code, call, key.toLowerCase(), place.reads);
}

/** The pages router has parsed the body and the address: `req.body`, `req.query.id`, `const { id } = req.query`. */
function readProperty(node: ts.PropertyAccessExpression, { reads }: Place): void {
  const ts = typescript();
  const { parent } = node;
  if (node.name.text === 'body' && !ts.isCallExpression(parent))
    reads.bodies.push({ method: 'json', read: node });
  if (node.name.text !== 'query') return;
  const string: ReadParameter = { schema: { type: 'string' }, isRequired: false };
  if (ts.isPropertyAccessExpression(parent)) reads.query.set(parent.name.text, string);
  const pattern =
    ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name) ? parent.name.elements : [];
  for (const each of pattern)
    if (!each.dotDotDotToken) reads.query.set((each.propertyName ?? each.name).getText(), string);
}

/** `request.clone().json()` */
function withoutClone(node: ts.Expression): ts.Expression {
  const ts = typescript();
  const value = bare(node);
  const callee = ts.isCallExpression(value) ? value.expression : undefined;
  return callee && ts.isPropertyAccessExpression(callee) && callee.name.text === 'clone'
    ? callee.expression
    : value;
}

/** `url.searchParams`, or a name that was taken from one. */
function isSearch(code: TypedCode, node: ts.Expression): boolean {
  const ts = typescript();
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'searchParams';
  if (!ts.isIdentifier(node)) return false;
  const declaration = symbolOf(code, node)?.valueDeclaration;
  if (!declaration) return false;
  if (ts.isBindingElement(declaration))
    return (declaration.propertyName ?? declaration.name).getText() === 'searchParams';
  return (
    ts.isVariableDeclaration(declaration) && /\bsearchParams$/.test(declaration.initializer?.getText() ?? '')
  );
}

function isHeaders(own: InputReader, node: ts.Expression, place: Place): boolean {
  const ts = typescript();
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === 'headers' && isRequest(own, node.expression, place);
  return ts.isCallExpression(node) && node.expression.getText() === 'headers';
}

/** Headers that every client sends or that proxies add, and that no description names. */
const USUAL =
  /^(?:accept|content-|user-agent|host|origin|referer|cookie|x-forwarded-|x-real-ip|forwarded|cf-|x-vercel|sec-|if-|range|connection|x-request-id)/;

function readHeader(
  code: TypedCode,
  call: ts.CallExpression,
  name: string,
  { headers, credentials }: Reads,
): void {
  if (name === 'authorization') credentials.add('bearer');
  else if (name === 'x-api-key') credentials.add('x-api-key');
  else if (!USUAL.test(name)) headers.set(name, parameterAt(code, call, 'get'));
}

/** A helper of the repository that is handed the request. */
function readHelper(own: InputReader, call: ts.CallExpression, place: Place): void {
  const at = call.arguments.findIndex((each) => isRequest(own, each, place));
  if (at === -1 || place.depth >= DEEPEST) return;
  const asked = call.arguments.flatMap((each) => schemaIn(own.code, each))[0];
  if (asked) place.reads.asked.push(asked);
  const called = calledBy(own.code, call);
  const parameter = called?.parameters[at];
  if (!called || !parameter) return;
  const request = parameterSymbol(own.code, parameter);
  readFunction(own, called, { ...place, request, depth: place.depth + 1 });
}

/** `readJson(request, schema)`, `admit(request, { schema })` */
function schemaIn(code: TypedCode, node: ts.Expression): readonly Schema[] {
  const ts = typescript();
  const value = bare(node);
  const written = ts.isObjectLiteralExpression(value) ? propertyOf(value, 'schema') : value;
  const schema = written && zodSchema(code, written)?.schema;
  return schema ? [schema] : [];
}
