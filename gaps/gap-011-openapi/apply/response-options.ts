import type { ts } from 'ts-morph';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import { typescript } from '../../../src/read/code/typescript.ts';
import { bare, constantOf, meant, propertyOf, symbolOf } from './meaning.ts';
import type { ValueSchemas } from './value-schema.ts';

/** What reads answers: the code, and what values become in JSON. */
export interface AnswerReader {
  readonly code: TypedCode;
  readonly values: ValueSchemas;
}

/** A call that is followed, with what it hands to the function's parameters. */
export interface Frame {
  readonly given: ReadonlyMap<ts.Symbol, ts.Expression>;
  readonly outer: Frame | undefined;
  readonly depth: number;
}

/** Where nothing has been called yet. */
export const TOP: Frame = { given: new Map(), outer: undefined, depth: 0 };

/** What a parameter was given, from call to call, and what a constant stands for. */
export function givenFor(own: AnswerReader, node: ts.Expression, frame: Frame): ts.Expression {
  const ts = typescript();
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

/** Whether a condition asks for an option that this call does not set: `if (options.requireOwner)`. */
export function isOff(own: AnswerReader, condition: ts.Expression, frame: Frame): boolean {
  const ts = typescript();
  const asked = bare(condition);
  if (!ts.isPropertyAccessExpression(asked)) return false;
  const options = givenFor(own, asked.expression, frame);
  if (options === bare(asked.expression) || !ts.isObjectLiteralExpression(options)) return false;
  if (options.properties.some((each) => ts.isSpreadAssignment(each))) return false;
  const value = propertyOf(options, asked.name.text);
  return value === undefined || constantOf(own.code, value) === false;
}

/** What `error` or `message` says, where it is written out; what is filled in is left out. */
export function messageIn(own: AnswerReader, body: ts.Expression, frame: Frame = TOP): string | undefined {
  const ts = typescript();
  if (!ts.isObjectLiteralExpression(body)) return undefined;
  const said = propertyOf(body, 'error') ?? propertyOf(body, 'message');
  const value = said && givenFor(own, said, frame);
  if (!value) return undefined;
  if (ts.isTemplateExpression(value))
    return `${value.head.text}…${value.templateSpans.map(({ literal }) => literal.text).join('…')}`;
  const text = constantOf(own.code, value);
  return typeof text === 'string' ? text : undefined;
}

/** The content type that `{ headers }` sets. */
export function contentTypeIn(
  own: AnswerReader,
  init: ts.Expression | undefined,
  frame: Frame,
): string | undefined {
  const ts = typescript();
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
export function statusesOf(
  own: AnswerReader,
  init: ts.Expression | undefined,
  frame: Frame,
  usual: number,
): readonly (number | undefined)[] {
  const ts = typescript();
  const options = init && writtenFor(own, init, frame);
  if (!options) return [usual];
  const written = ts.isObjectLiteralExpression(options) ? propertyOf(options, 'status') : options;
  return written ? numbersIn(own, written, frame) : [usual];
}

function numbersIn(own: AnswerReader, node: ts.Expression, frame: Frame): readonly (number | undefined)[] {
  const ts = typescript();
  const value = givenFor(own, node, frame);
  if (ts.isConditionalExpression(value))
    return [...numbersIn(own, value.whenTrue, frame), ...numbersIn(own, value.whenFalse, frame)];
  const constant = constantOf(own.code, value);
  return [typeof constant === 'number' ? constant : undefined];
}
