import type { ts } from 'ts-morph';
import { lazy } from '../../../src/repo/lazy.ts';
import {
  bare,
  type Callable,
  calledBy,
  constantOf,
  isCallable,
  meant,
  propertyOf,
  symbolOf,
} from './meaning.ts';
import { ownReturns } from './returns.ts';
import { ANYTHING, type Schema } from './schema.ts';
import type { TypedCode } from './typed-code.ts';
import type { ValueSchemas } from './value-schema.ts';

/** One way in which a handler answers. */
export interface Answer {
  /** Undefined where another server decides. */
  readonly status: number | undefined;
  /** Undefined for an answer without a body. */
  readonly contentType: string | undefined;
  readonly schema: Schema;
  /** What the answer says went wrong, where that is written out. */
  readonly message?: string;
}

/** What reads answers: the code, and what values become in JSON. */
export interface AnswerReader {
  readonly code: TypedCode;
  readonly values: ValueSchemas;
}

/** A call that is followed, with what it hands to the function's parameters. */
interface Frame {
  readonly given: ReadonlyMap<ts.Symbol, ts.Expression>;
  readonly outer: Frame | undefined;
  readonly depth: number;
}

/** Helpers are followed so many calls deep. */
const DEEPEST = 4;
const TOP: Frame = { given: new Map(), outer: undefined, depth: 0 };

/** Every answer that some functions return, those of helpers that they call for it among them. */
export function answersOf(own: AnswerReader, functions: readonly Callable[]): readonly Answer[] {
  return functions.flatMap((each) => returnedBy(own, each, TOP));
}

function returnedBy(own: AnswerReader, callable: Callable, frame: Frame): readonly Answer[] {
  return ownReturns(callable).flatMap((each) => answersIn(own, each, frame));
}

/** The answers that an expression may be. */
function answersIn(own: AnswerReader, node: ts.Expression, frame: Frame): readonly Answer[] {
  const { ts } = lazy.tsMorph();
  const value = bare(node);
  if (ts.isConditionalExpression(value))
    return [...answersIn(own, value.whenTrue, frame), ...answersIn(own, value.whenFalse, frame)];
  if (ts.isBinaryExpression(value))
    return [...answersIn(own, value.left, frame), ...answersIn(own, value.right, frame)];
  if (ts.isNewExpression(value))
    return RESPONSE.test(value.expression.getText()) ? [rawAnswer(own, value, frame)] : [];
  if (ts.isCallExpression(value)) return answersOfCall(own, value, frame);
  if (!ts.isIdentifier(value)) return [];
  const declaration = symbolOf(own.code, value)?.valueDeclaration;
  const isHeld = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer;
  return isHeld ? answersIn(own, isHeld, frame) : [];
}

const RESPONSE = /^(?:Next)?Response$/;

function answersOfCall(own: AnswerReader, call: ts.CallExpression, frame: Frame): readonly Answer[] {
  const { ts } = lazy.tsMorph();
  if (ts.isPropertyAccessExpression(call.expression)) {
    const { expression, name } = call.expression;
    if (RESPONSE.test(expression.getText())) return responseCall(own, name.text, call.arguments, frame);
    if (name.text === 'catch' || name.text === 'then') return answersIn(own, expression, frame);
  }
  if (frame.depth >= DEEPEST) return [];
  const inner = call.arguments.flatMap((each) => {
    const value = bare(each);
    return isCallable(value) ? returnedBy(own, value, frame) : [];
  });
  const called = calledBy(own.code, call);
  return [...inner, ...(called ? returnedBy(own, called, frameOf(own.code, called, call, frame)) : [])];
}

function frameOf(code: TypedCode, called: Callable, call: ts.CallExpression, outer: Frame): Frame {
  const { ts } = lazy.tsMorph();
  const given = new Map<ts.Symbol, ts.Expression>();
  for (const [index, { name, initializer }] of called.parameters.entries()) {
    const argument = call.arguments[index] ?? initializer;
    const symbol = ts.isIdentifier(name) ? code.checker.getSymbolAtLocation(name) : undefined;
    if (symbol && argument) given.set(symbol, argument);
  }
  return { given, outer, depth: outer.depth + 1 };
}

/** What a parameter was given, from call to call, and what a constant stands for. */
function givenFor(own: AnswerReader, node: ts.Expression, frame: Frame): ts.Expression {
  const { ts } = lazy.tsMorph();
  const value = bare(node);
  if (!ts.isIdentifier(value)) return value;
  const symbol = symbolOf(own.code, value);
  const argument = symbol && frame.given.get(symbol);
  return argument ? givenFor(own, argument, frame.outer ?? TOP) : value;
}

/** The same with names of constants followed to what they were declared as. */
function writtenFor(own: AnswerReader, node: ts.Expression, frame: Frame): ts.Expression {
  return meant(own.code, givenFor(own, node, frame)) ?? node;
}

/** `Response.json(…)`, `Response.redirect(…)`, `Response.error()`. */
function responseCall(
  own: AnswerReader,
  method: string,
  [body, init]: readonly ts.Expression[],
  frame: Frame,
): readonly Answer[] {
  switch (method) {
    case 'json': {
      const value = body && givenFor(own, body, frame);
      const message = value && messageIn(own, value, frame);
      const answer = {
        contentType: 'application/json',
        schema: value ? own.values.of(value) : ANYTHING,
        ...(message === undefined ? {} : { message }),
      };
      return statusesOf(own, init, frame, 200).map((status) => ({ status, ...answer }));
    }
    case 'redirect':
      return statusesOf(own, init, frame, 307).map((status) => ({
        status,
        contentType: undefined,
        schema: ANYTHING,
      }));
    default:
      return [];
  }
}

/** What `error` or `message` says, where it is written out. */
export function messageIn(own: AnswerReader, body: ts.Expression, frame: Frame = TOP): string | undefined {
  const { ts } = lazy.tsMorph();
  if (!ts.isObjectLiteralExpression(body)) return undefined;
  const said = propertyOf(body, 'error') ?? propertyOf(body, 'message');
  const text = said && constantOf(own.code, givenFor(own, said, frame));
  return typeof text === 'string' ? text : undefined;
}

/** `new Response(body, { status, headers })` */
function rawAnswer(own: AnswerReader, { arguments: given }: ts.NewExpression, frame: Frame): Answer {
  const { ts } = lazy.tsMorph();
  const [body, init] = given ?? [];
  const [status] = statusesOf(own, init, frame, 200);
  const isEmpty = !body || body.kind === ts.SyntaxKind.NullKeyword || body.getText() === 'undefined';
  if (isEmpty) return { status, contentType: undefined, schema: ANYTHING };
  const contentType = contentTypeIn(own, init, frame) ?? 'text/plain';
  const isText = /^text\/|xml|html|csv/.test(contentType);
  const isJson = /\bjson\b/.test(contentType);
  const written = isJson && jsonIn(body);
  if (isJson) return { status, contentType, schema: written ? own.values.of(written) : ANYTHING };
  return { status, contentType, schema: isText ? { type: 'string' } : { type: 'string', format: 'binary' } };
}

/** `JSON.stringify(value)` */
function jsonIn(body: ts.Expression): ts.Expression | undefined {
  const { ts } = lazy.tsMorph();
  const value = bare(body);
  return ts.isCallExpression(value) && value.expression.getText() === 'JSON.stringify'
    ? value.arguments[0]
    : undefined;
}

function contentTypeIn(own: AnswerReader, init: ts.Expression | undefined, frame: Frame): string | undefined {
  const { ts } = lazy.tsMorph();
  const options = init && writtenFor(own, init, frame);
  const headers =
    options && ts.isObjectLiteralExpression(options) ? propertyOf(options, 'headers') : undefined;
  const list = headers && writtenFor(own, headers, frame);
  if (!list || !ts.isObjectLiteralExpression(list)) return undefined;
  const value = ['Content-Type', 'content-type', 'Content-type'].flatMap(
    (name) => propertyOf(list, name) ?? [],
  )[0];
  return value && contentTypeOf(own, givenFor(own, value, frame));
}

/** A content type that is written out, without its parameters. */
export function contentTypeOf({ code }: AnswerReader, node: ts.Expression): string | undefined {
  const text = constantOf(code, node);
  return typeof text === 'string' ? text.replace(/;.*/, '').trim() : undefined;
}

/** The statuses that `{ status }` may have. */
function statusesOf(
  own: AnswerReader,
  init: ts.Expression | undefined,
  frame: Frame,
  usual: number,
): readonly (number | undefined)[] {
  const { ts } = lazy.tsMorph();
  const options = init && writtenFor(own, init, frame);
  if (!options) return [usual];
  const written = ts.isObjectLiteralExpression(options) ? propertyOf(options, 'status') : options;
  return written ? numbersIn(own, written, frame) : [usual];
}

function numbersIn(own: AnswerReader, node: ts.Expression, frame: Frame): readonly (number | undefined)[] {
  const { ts } = lazy.tsMorph();
  const value = givenFor(own, node, frame);
  if (ts.isConditionalExpression(value))
    return [...numbersIn(own, value.whenTrue, frame), ...numbersIn(own, value.whenFalse, frame)];
  const constant = constantOf(own.code, value);
  return [typeof constant === 'number' ? constant : undefined];
}
