import type { ts } from 'ts-morph';
import { typescript } from '../../../src/read/code/typescript.ts';
import { type Holder, holderOf, usesOf } from './body-holder.ts';
import type { Body, InputReader } from './input-reader.ts';
import { bare, calledBy, constantOf, isCallable } from './meaning.ts';
import { isDemanded, type ReadParameter } from './parameter.ts';
import type { BodyRead, Reads } from './request-reads.ts';
import { ANYTHING, isAnything, objectOf, oneOf, type Schema, withRequired } from './schema.ts';
import { zodSchema } from './zod-schema.ts';

/** What the body has to be: by a schema, by a type that it is checked against, or by what is read of it. */
export function bodyOf(own: InputReader, { bodies, asked }: Reads): Body | undefined {
  const [wanted] = asked;
  if (wanted) return { contentType: 'application/json', schema: wanted };
  const [first] = bodies;
  if (!first) return undefined;
  const json = bodies.filter(({ method }) => method === 'json');
  const form = bodies.find(({ method }) => method === 'formData');
  if (json.length === 0 && form) return { contentType: 'multipart/form-data', schema: formSchema(own, form) };
  if (json.length === 0)
    return {
      contentType: first.method === 'text' ? 'text/plain' : 'application/octet-stream',
      schema: rawSchema(first),
    };
  const read = json.map((each) => jsonSchema(own, each)).filter((each) => !isAnything(each));
  return { contentType: 'application/json', schema: read.length > 0 ? oneOf(read) : ANYTHING };
}

function rawSchema({ method }: BodyRead): Schema {
  return method === 'text' ? { type: 'string' } : { type: 'string', format: 'binary' };
}

function jsonSchema(own: InputReader, { read }: BodyRead): Schema {
  const holder = holderOf(own.code, read);
  return (
    checkedAgainst(own, holder) ??
    declaredAs(own, holder) ??
    observed(own, holder) ?? { type: 'object', additionalProperties: true }
  );
}

/** `schema.parse(body)`, or a function of the repository that hands back what it found good. */
function checkedAgainst(own: InputReader, holder: Holder): Schema | undefined {
  const ts = typescript();
  for (const call of [...(holder.call ? [holder.call] : []), ...usesOf(own.code, holder).calls]) {
    const { expression } = call;
    const isParse =
      ts.isPropertyAccessExpression(expression) && /^(?:safeP|p)arse(?:Async)?$/.test(expression.name.text);
    const zod = isParse ? zodSchema(own.code, expression.expression)?.schema : undefined;
    if (zod) return zod;
    const found = calledBy(own.code, call) && validated(own, call);
    if (found) return found;
  }
  return undefined;
}

/** How functions call what they hand back beside "valid" or "error". */
const GOOD = new Set(['data', 'value', 'sanitized', 'parsed', 'output', 'body', 'input']);

function validated(own: InputReader, call: ts.CallExpression): Schema | undefined {
  const { checker } = own.code;
  const type = checker.getTypeAtLocation(call);
  const parts = type.isUnion() ? type.types : [type];
  for (const part of parts) {
    for (const good of part.getProperties().filter(({ name }) => GOOD.has(name))) {
      const data = checker.getNonNullableType(checker.getTypeOfSymbol(good));
      // What comes out of it has its defaults: none of it need have been sent.
      if (isObject(own, data)) return withRequired(own.types.shape(data), []);
    }
  }
  return undefined;
}

/** `const body: Order = await request.json()`: a type says what may be sent, and the handler what has to be. */
function declaredAs(own: InputReader, holder: Holder): Schema | undefined {
  const type = holder.type && own.code.checker.getTypeFromTypeNode(holder.type);
  if (!type || !isObject(own, type)) return undefined;
  const schema = own.types.shape(type);
  const names = Object.keys(schema.properties ?? {});
  return withRequired(
    schema,
    names.filter((name) => isDemanded(holder.read, name)),
  );
}

function isObject(own: InputReader, type: ts.Type): boolean {
  const { properties, $ref } = own.types.of(type);
  return (properties ?? $ref) !== undefined && Object.keys(own.types.shape(type).properties ?? {}).length > 0;
}

/** The properties that are taken from it. */
function observed(own: InputReader, holder: Holder): Schema | undefined {
  const { names, isSpread } = usesOf(own.code, holder);
  if (names.size === 0) return undefined;
  const properties = Object.fromEntries(
    [...names].map(([name, from]) => [name, propertySchema(own, name, from)]),
  );
  const required = [...names].flatMap(([name, from]) =>
    isDemanded(from, localName(from) ?? name) ? [name] : [],
  );
  return objectOf(properties, required, isSpread);
}

/** `{ tier: tierId }` is called tierId from there on. */
function localName(from: ts.Node): string | undefined {
  const ts = typescript();
  return ts.isBindingElement(from) && ts.isIdentifier(from.name) ? from.name.text : undefined;
}

function propertySchema(own: InputReader, name: string, from: ts.Node): Schema {
  const ts = typescript();
  if (ts.isBindingElement(from) && from.initializer) {
    const value = constantOf(own.code, from.initializer);
    if (typeof value === 'string') return { type: 'string', default: value };
    if (typeof value === 'number') return { type: 'number', default: value };
    if (typeof value === 'boolean') return { type: 'boolean', default: value };
    if (ts.isArrayLiteralExpression(bare(from.initializer))) return { type: 'array', items: ANYTHING };
  }
  return testedAs(from, localName(from) ?? name);
}

const TYPES: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  ['string', { type: 'string' }],
  ['number', { type: 'number' }],
  ['boolean', { type: 'boolean' }],
]);

/** `typeof name !== 'string'`, `Array.isArray(name)` */
function testedAs(from: ts.Node, name: string): Schema {
  const ts = typescript();
  const around = ts.findAncestor(from, isCallable);
  let found: Schema = ANYTHING;
  const isIt = (node: ts.Node) => node.getText() === name || node.getText().endsWith(`.${name}`);
  const visit = (node: ts.Node): void => {
    if (ts.isTypeOfExpression(node) && isIt(node.expression) && ts.isBinaryExpression(node.parent)) {
      const other = node.parent.left === node ? node.parent.right : node.parent.left;
      found = (ts.isStringLiteralLike(other) && TYPES.get(other.text)) || found;
    }
    if (
      ts.isCallExpression(node) &&
      node.expression.getText() === 'Array.isArray' &&
      node.arguments.some(isIt)
    )
      found = { type: 'array', items: ANYTHING };
    ts.forEachChild(node, visit);
  };
  if (around) visit(around);
  return found;
}

/** The fields that are taken from a form. */
function formSchema(own: InputReader, { read: body }: BodyRead): Schema {
  const { fields } = usesOf(own.code, holderOf(own.code, body));
  const read = [...fields].map(([name, from]): readonly [string, ReadParameter] => [name, formField(from)]);
  return objectOf(
    Object.fromEntries(read.map(([name, { schema }]) => [name, schema])),
    read.flatMap(([name, { isRequired }]) => (isRequired ? [name] : [])),
    fields.size === 0,
  );
}

function formField(call: ts.CallExpression): ReadParameter {
  const ts = typescript();
  const declaration = ts.findAncestor(call, ts.isVariableDeclaration);
  const name = declaration && ts.isIdentifier(declaration.name) ? declaration.name.text : '';
  const isFile =
    /\bas (?:File|Blob)\b/.test(declaration?.getText() ?? call.parent.getText()) ||
    (name !== '' && usesAsFile(call, name));
  return {
    schema: isFile ? { type: 'string', format: 'binary' } : { type: 'string' },
    isRequired: name !== '' && isDemanded(call, name),
  };
}

/** `file.arrayBuffer()`, `file instanceof File` */
function usesAsFile(call: ts.CallExpression, name: string): boolean {
  const ts = typescript();
  const around = ts.findAncestor(call, isCallable);
  let isFile = false;
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.getText() === name &&
      /^(?:arrayBuffer|stream|bytes)$/.test(node.name.text)
    )
      isFile = true;
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
      node.left.getText() === name
    )
      isFile = /^(?:File|Blob)$/.test(node.right.getText()) || isFile;
    ts.forEachChild(node, visit);
  };
  if (around) visit(around);
  return isFile;
}
