import type { NextApp, Repo } from '../../../src/contract.ts';
import { codeBehind } from '../../../src/read/code/code-behind.ts';
import type { TypedCode } from '../../../src/read/code/typed-code.ts';
import type { Served } from '../read/served-operations.ts';
import { ASKS_FOR_SESSION } from '../tables.ts';
import { type Answer, answersOf } from './answers.ts';
import { summaryOf } from './doc-comment.ts';
import { handlerOf } from './handler.ts';
import type { Credential } from './input-reader.ts';
import { type Inputs, inputsOf } from './inputs.ts';
import { methodsOf, pagesAnswers, skipsOthers } from './pages-handler.ts';
import type { AnswerReader } from './response-options.ts';
import { ANYTHING } from './schema.ts';
import { type TypeSchemas, typeSchemas } from './type-schema.ts';
import { valueSchemas } from './value-schema.ts';

/** What an operation takes and answers, as its code says. */
export interface OperationFacts {
  readonly served: Served;
  /** What its comment says. */
  readonly summary: string | undefined;
  readonly inputs: Inputs;
  readonly answers: readonly Answer[];
  /** How callers say who they are. */
  readonly credentials: readonly (Credential | 'session')[];
  /** Whether it turns nobody away. */
  readonly isOpen: boolean;
}

/** Reads operations out of the code that serves them. */
export interface OperationReader {
  /** One for each method that it tells apart; none where the handler is no code of the repository. */
  read(served: Served): readonly OperationFacts[];
  /** The statuses of 400 and more that a middleware answers with. */
  refusalsOf(path: string): readonly number[];
  readonly types: TypeSchemas;
}

/** Reads the operations of an app. */
export function operationReader(
  repo: Repo,
  app: NextApp,
  code: TypedCode,
  isAlone: (served: Served) => boolean,
): OperationReader {
  const types = typeSchemas(code);
  const own = { code, types, values: valueSchemas(code, types) };
  return {
    types,
    refusalsOf: (path) => refusalsOf(own, path),
    read: (served) => {
      const isPages = served.method === '*';
      const name = isPages ? 'default' : served.method;
      const source = code.source(served.path);
      const handler = source && handlerOf(code, source, name);
      if (!handler) return [];
      const methods = isPages ? methodsOf(handler.functions) : [served.method];
      const behind = codeBehind(repo, app, { path: served.path, name, hops: 2 });
      return methods.map((method) => {
        const skip = isPages ? skipsOthers(method) : () => false;
        const inputs = inputsOf(own, handler.functions, method, skip);
        const answers = isPages
          ? pagesAnswers(own, handler.functions, skip)
          : [...answersOf(own, handler.functions), ...failuresOf(inputs)];
        const asked = { ...served, method };
        const isOpen = !answers.some(({ status }) => status === 401);
        return {
          served: asked,
          summary: summaryOf(handler.declared, asked, methods.length === 1 && isAlone(served)),
          inputs,
          answers,
          credentials: credentialsOf(inputs, behind, isOpen),
          isOpen,
        };
      });
    },
  };
}

/** Only who turns somebody away asks for keys; whoever is signed in may be asked for all the same. */
function credentialsOf(
  { credentials }: Inputs,
  behind: string,
  isOpen: boolean,
): OperationFacts['credentials'] {
  return [...(ASKS_FOR_SESSION.test(behind) ? (['session'] as const) : []), ...(isOpen ? [] : credentials)];
}

/** What Next.js answers for a handler that throws: a body that is no JSON, where nothing catches that. */
function failuresOf({ mayThrow }: Inputs): readonly Answer[] {
  return mayThrow
    ? [{ status: 500, contentType: undefined, schema: ANYTHING, message: 'The body is not JSON' }]
    : [];
}

function refusalsOf(own: AnswerReader, path: string): readonly number[] {
  const source = own.code.source(path);
  const handler =
    source && (handlerOf(own.code, source, 'middleware') ?? handlerOf(own.code, source, 'default'));
  const statuses = answersOf(own, handler?.functions ?? []).flatMap(({ status }) => status ?? []);
  return [...new Set(statuses)].filter((status) => status >= 400).sort();
}
