import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import { bare, type Callable, calledBy, isCallable, meant, propertyOf, symbolOf } from './meaning.ts';
import {
  type AnswerReader,
  contentTypeIn,
  type Frame,
  givenFor,
  isOff,
  messageIn,
  statusesOf,
  TOP,
} from './response-options.ts';
import { ownReturns } from './returns.ts';
import { ANYTHING, type Schema } from './schema.ts';

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

/** Helpers are followed so many calls deep. */
const DEEPEST = 4;

/** Every answer that some functions return, those of helpers that they call for it among them. */
export function answersOf(own: AnswerReader, functions: readonly Callable[]): readonly Answer[] {
  return functions.flatMap((each) => returnedBy(own, each, TOP));
}

function returnedBy(own: AnswerReader, callable: Callable, frame: Frame): readonly Answer[] {
  const returns = ownReturns(callable, (condition) => isOff(own, condition, frame));
  return returns.flatMap((each) => answersIn(own, each, frame));
}

/** The answers that an expression may be. */
function answersIn(own: AnswerReader, node: ts.Expression, frame: Frame): readonly Answer[] {
  const ts = typescript();
  const value = bare(node);
  if (ts.isConditionalExpression(value))
    return [...answersIn(own, value.whenTrue, frame), ...answersIn(own, value.whenFalse, frame)];
  if (ts.isBinaryExpression(value))
    return [...answersIn(own, value.left, frame), ...answersIn(own, value.right, frame)];
  if (ts.isNewExpression(value))
    return RESPONSE.test(value.expression.getText()) ? [rawAnswer(own, value, frame)] : [];
  if (ts.isCallExpression(value)) return answersOfCall(own, value, frame);
  if (ts.isPropertyAccessExpression(value)) return answersHeld(own, value, frame);
  if (!ts.isIdentifier(value)) return [];
  const declaration = symbolOf(own.code, value)?.valueDeclaration;
  const isHeld = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer;
  return isHeld ? answersIn(own, isHeld, frame) : [];
}

/** `return admitted.refused`: what a helper puts under that name into the object that it returns. */
function answersHeld(
  own: AnswerReader,
  { expression, name }: ts.PropertyAccessExpression,
  frame: Frame,
): readonly Answer[] {
  const ts = typescript();
  const holder = meant(own.code, expression);
  const call = holder && bare(holder);
  if (!call || !ts.isCallExpression(call) || frame.depth >= DEEPEST) return [];
  const called = calledBy(own.code, call);
  if (!called) return [];
  const inner = frameOf(own.code, called, call, frame);
  return ownReturns(called, (condition) => isOff(own, condition, inner)).flatMap((each) => {
    const object = bare(each);
    const held = ts.isObjectLiteralExpression(object) ? propertyOf(object, name.text) : undefined;
    return held ? answersIn(own, held, inner) : [];
  });
}

const RESPONSE = /^(?:Next)?Response$/;

function answersOfCall(own: AnswerReader, call: ts.CallExpression, frame: Frame): readonly Answer[] {
  const ts = typescript();
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
  const ts = typescript();
  const given = new Map<ts.Symbol, ts.Expression>();
  for (const [index, { name, initializer }] of called.parameters.entries()) {
    const argument = call.arguments[index] ?? initializer;
    const symbol = ts.isIdentifier(name) ? code.checker.getSymbolAtLocation(name) : undefined;
    if (symbol && argument) given.set(symbol, argument);
  }
  return { given, outer, depth: outer.depth + 1 };
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

/** `new Response(body, { status, headers })` */
function rawAnswer(own: AnswerReader, { arguments: given }: ts.NewExpression, frame: Frame): Answer {
  const ts = typescript();
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
  const ts = typescript();
  const value = bare(body);
  return ts.isCallExpression(value) && value.expression.getText() === 'JSON.stringify'
    ? value.arguments[0]
    : undefined;
}
