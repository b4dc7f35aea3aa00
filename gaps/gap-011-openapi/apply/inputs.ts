import type { ts } from 'ts-morph';
import { typescript } from '../../../src/read/code/typescript.ts';
import { bodyOf } from './body-schema.ts';
import type { Body, Credential, InputReader } from './input-reader.ts';
import type { Callable } from './meaning.ts';
import type { Skip } from './pages-handler.ts';
import type { ReadParameter } from './parameter.ts';
import { type Reads, readsOf } from './request-reads.ts';
import type { Schema } from './schema.ts';

/** A value of the address or of a header. */
export interface Parameter extends ReadParameter {
  readonly name: string;
  readonly in: 'query' | 'header';
}

/** What a request may hold. */
export interface Inputs {
  readonly parameters: readonly Parameter[];
  /** Undefined where no body is read. */
  readonly body: Body | undefined;
  readonly credentials: ReadonlySet<Credential>;
  /** Whether a body that is no JSON makes the handler throw. */
  readonly mayThrow: boolean;
}

/** What some functions read of the request that they are handed, and what helpers read that they hand it to. */
export function inputsOf(
  own: InputReader,
  functions: readonly Callable[],
  method: string,
  skip: Skip,
): Inputs {
  const reads = readsOf(own, functions, skip);
  // A request to read has no body (RFC 9110, 9.3.1), so what is asked of it is its query.
  if (method === 'GET') for (const schema of reads.asked.splice(0)) takeQuery(reads, schema);
  return {
    parameters: [
      ...[...reads.query].map(([name, each]): Parameter => ({ name, in: 'query', ...each })),
      ...[...reads.headers].map(([name, each]): Parameter => ({ name, in: 'header', ...each })),
    ],
    body: bodyOf(own, reads),
    credentials: reads.credentials,
    mayThrow: reads.bodies.some(({ method, read }) => method === 'json' && !isCaught(read)),
  };
}

function takeQuery({ query }: Reads, { properties = {}, required = [] }: Schema): void {
  for (const [name, schema] of Object.entries(properties))
    query.set(name, { schema, isRequired: required.includes(name) });
}

/** `request.json()` in a `try`, with a `.catch`, or not called at all: the pages router has parsed it before. */
function isCaught(read: ts.Expression): boolean {
  const ts = typescript();
  if (!ts.isCallExpression(read)) return true;
  const { parent } = read;
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'catch') return true;
  return (
    ts.findAncestor(
      read,
      (each) => !ts.isSourceFile(each) && ts.isTryStatement(each.parent) && each.parent.tryBlock === each,
    ) !== undefined
  );
}
