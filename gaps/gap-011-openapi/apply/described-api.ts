import type { NextApp, Repo } from '../../../src/contract.ts';
import { codeBaseOf, declaresAny, dependencyOf } from '../../../src/read/code/code-base.ts';
import { typedCode } from '../../../src/read/code/typed-code.ts';
import type { Served } from '../read/served-operations.ts';
import { SESSION_COOKIES } from '../tables.ts';
import { type OperationObject, operationObject, pathOf, schemeOf } from './document.ts';
import { type OperationFacts, operationReader } from './operation.ts';
import { isAnything, type Schema } from './schema.ts';
import { withSharedErrors } from './shared-errors.ts';

/** An operation of a description. */
export interface DescribedOperation {
  readonly served: Served;
  readonly path: string;
  readonly method: string;
  readonly operation: OperationObject;
}

/** What the code of an app says of some of its operations. */
export interface DescribedApi {
  readonly operations: readonly DescribedOperation[];
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly securitySchemes: Readonly<Record<string, object>>;
  /** The statuses that the middleware may answer with before any of them runs. */
  readonly before: readonly number[];
  /** Those of which not even the method is known: their handlers are made by code that is not here. */
  readonly unread: readonly Served[];
}

/** Describes operations of an app from its code. */
export function describedApi(repo: Repo, app: NextApp, wanted: readonly Served[]): DescribedApi {
  const { middlewarePath } = app;
  const entries = [
    ...wanted.map(({ path }) => path),
    ...(middlewarePath === undefined ? [] : [middlewarePath]),
  ];
  const code = typedCode(repo, app, [...new Set(entries)]);
  const reader = operationReader(
    repo,
    app,
    code,
    ({ path }) => wanted.filter((each) => each.path === path).length === 1,
  );
  const read = wanted.map((served) => {
    const facts = reader.read(served);
    return { served, facts: facts.length === 0 && served.method !== '*' ? [unseen(served)] : facts };
  });
  const facts = read.flatMap((each) => each.facts);
  const types = reader.types.components();
  const { operations, schemas } = withSharedErrors(facts.map(operationObject), new Set(Object.keys(types)));
  return {
    operations: facts.flatMap(({ served }, index) => {
      const operation = operations[index];
      return operation ? [{ served, path: pathOf(served.url), method: served.method, operation }] : [];
    }),
    schemas: usedOf({ ...types, ...schemas }, operations),
    securitySchemes: Object.assign(
      {},
      ...facts.flatMap(({ credentials }) => credentials).map((each) => schemesOf(repo, app, each)),
    ),
    before: middlewarePath === undefined ? [] : reader.refusalsOf(middlewarePath),
    unread: read.flatMap((each) => (each.facts.length === 0 ? [each.served] : [])),
  };
}

/** A handler that is made elsewhere: its address is all that can be said. */
function unseen(served: Served): OperationFacts {
  const inputs = { parameters: [], body: undefined, credentials: new Set<never>(), mayThrow: false };
  return { served, summary: undefined, inputs, answers: [], credentials: [], isOpen: true };
}

/** The components that operations name, and those that these name. */
function usedOf(
  all: Readonly<Record<string, Schema>>,
  operations: readonly OperationObject[],
): Readonly<Record<string, Schema>> {
  const used = new Set<string>();
  const follow = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(all[name] ?? {});
    }
  };
  follow(operations);
  const names = Object.keys(all).filter((name) => used.has(name));
  return Object.fromEntries(names.sort().map((name) => [name, all[name] ?? {}]));
}

/** A security scheme (spec.openapis.org/oas/v3.0.3#security-scheme-object). */
function schemesOf(
  repo: Repo,
  app: NextApp,
  credential: OperationFacts['credentials'][number],
): Readonly<Record<string, object>> {
  const name = schemeOf(credential);
  if (credential === 'bearer') return { [name]: { type: 'http', scheme: 'bearer' } };
  if (credential === 'x-api-key') return { [name]: { type: 'apiKey', in: 'header', name: 'X-API-Key' } };
  return {
    [name]: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookie(repo, app),
      description: 'The cookie that signing in sets; over plain HTTP it has no __Secure- in front.',
    },
  };
}

function sessionCookie(repo: Repo, app: NextApp): string {
  const base = codeBaseOf(repo, app);
  // Auth.js, version 5 of next-auth, has a prefix of its own (authjs.dev: "Migrating to v5").
  if (/^[^\d]*5\./.test(dependencyOf(base, /^next-auth$/)?.range ?? ''))
    return '__Secure-authjs.session-token';
  return SESSION_COOKIES.find(([pack]) => declaresAny(base, [pack]))?.[1] ?? 'session';
}

/** How much of what operations take and answer has a shape. */
export function shareTyped(operations: readonly DescribedOperation[]): {
  readonly typed: number;
  readonly all: number;
} {
  const hasShape = ({ operation: { requestBody, responses } }: DescribedOperation) => {
    const good = Object.entries(responses).filter(([status]) => /^2/.test(status));
    const contents = [requestBody?.content ?? {}, ...good.map(([, { content = {} }]) => content)];
    return contents
      .flatMap((each) => Object.values(each))
      .every(({ schema }) => schema && !isAnything(schema) && isTold(schema));
  };
  return { typed: operations.filter(hasShape).length, all: operations.length };
}

function isTold({ type, properties, items, additionalProperties }: Schema): boolean {
  return (
    type !== 'object' ||
    properties !== undefined ||
    typeof additionalProperties === 'object' ||
    items !== undefined
  );
}
