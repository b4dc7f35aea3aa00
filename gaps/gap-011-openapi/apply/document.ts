import { STATUS_MEANINGS } from '../tables.ts';
import type { Answer } from './answers.ts';
import type { Parameter } from './inputs.ts';
import type { OperationFacts } from './operation.ts';
import { isAnything, oneOf, type Schema } from './schema.ts';

/** An operation as a description holds it (spec.openapis.org/oas/v3.0.3#operation-object). */
export interface OperationObject {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: true;
  readonly description?: string;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface ResponseObject {
  readonly description: string;
  readonly content?: Content;
}

/** `/api/plugs/[plugId]` as OpenAPI writes it: `/api/plugs/{plugId}`. */
export function pathOf(url: string): string {
  return url.replace(/\[{1,2}(?:\.\.\.)?([^[\]]+)\]{1,2}/g, '{$1}');
}

/** Writes an operation down. */
export function operationObject(facts: OperationFacts): OperationObject {
  const { served, inputs } = facts;
  const inPath = pathParameters(served.url);
  // The pages router hands parts of the path out beside the query.
  const others = inputs.parameters.filter(({ name }) => !inPath.some((each) => each.name === name));
  const parameters = [...inPath, ...others.map(parameterObject)];
  const { body } = inputs;
  return {
    operationId: operationId(served.method, served.url),
    ...(facts.summary === undefined ? {} : { summary: facts.summary }),
    tags: [tagOf(served.url)],
    ...securityOf(facts),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: contentOf(body.contentType, [body.schema]) } } : {}),
    responses: responsesOf(facts.answers),
  };
}

/** An operation that turns nobody away, and asks who it is all the same, takes a session and none. */
function securityOf({ credentials, isOpen }: OperationFacts): Pick<OperationObject, 'security'> {
  if (credentials.length === 0) return {};
  const schemes = credentials.map((each) => ({ [schemeOf(each)]: [] }));
  return { security: isOpen ? [{}, ...schemes] : schemes };
}

/** The name of a security scheme among the components. */
export function schemeOf(credential: OperationFacts['credentials'][number]): string {
  return credential === 'x-api-key' ? 'apiKey' : credential;
}

function pathParameters(url: string): readonly ParameterObject[] {
  return [...url.matchAll(/\[{1,2}(\.\.\.)?([^[\]]+)\]{1,2}/g)].map(([, isRest, name = '']) => ({
    name,
    in: 'path',
    required: true,
    ...(isRest ? { description: 'May hold slashes: it stands for the rest of the address.' } : {}),
    schema: { type: 'string' },
  }));
}

function parameterObject({ name, in: place, schema, isRequired }: Parameter): ParameterObject {
  return { name, in: place, ...(isRequired ? { required: true } : {}), schema };
}

/** What is known of one answer stays said where another one's shape is not. */
function contentOf(contentType: string, schemas: readonly Schema[]): Content {
  const known = schemas.filter((each) => !isAnything(each));
  if (known.length === 0) return { [contentType]: {} };
  const schema = oneOf(known);
  const others = known.length < schemas.length ? [{ description: UNKNOWN }] : [];
  return { [contentType]: { schema: others.length > 0 ? { anyOf: [schema, ...others] } : schema } };
}

const UNKNOWN = 'Anything else: the code does not show its shape.';

/** The answers by their status; `default` for those that another server decides. */
function responsesOf(answers: readonly Answer[]): Readonly<Record<string, ResponseObject>> {
  const byStatus = new Map<string, Answer[]>();
  for (const each of answers) {
    const status = each.status === undefined ? 'default' : String(each.status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), each]);
  }
  if (byStatus.size === 0) return { default: { description: 'What the handler answers.' } };
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([status, each]) => [status, responseObject(status, each)]),
  );
}

function responseObject(status: string, answers: readonly Answer[]): ResponseObject {
  const types = [...new Set(answers.flatMap(({ contentType }) => contentType ?? []))];
  const content: Content = Object.assign(
    {},
    ...types.map((type) =>
      contentOf(
        type,
        answers.filter(({ contentType }) => contentType === type).map(({ schema }) => schema),
      ),
    ),
  );
  return {
    description: saidOf(status, answers),
    ...(types.length > 0 ? { content } : {}),
  };
}

const MOST_MESSAGES = 3;

/** What an error says itself, where that is all that is said under its status; what the status means, otherwise. */
function saidOf(status: string, answers: readonly Answer[]): string {
  const meaning = STATUS_MEANINGS.get(status) ?? `Status ${status}`;
  const messages = [...new Set(answers.flatMap(({ message }) => message ?? []))].slice(0, MOST_MESSAGES);
  if (!/^[45]/.test(status) || messages.length === 0) return `${meaning}.`;
  const isAll = answers.every(({ message }) => message !== undefined && messages.includes(message));
  return isAll
    ? messages.map(asSentence).join(' ')
    : `${meaning}, for example: ${messages.map(asSentence).join(' ')}`;
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** `getPlugsByPlugId` */
function operationId(method: string, url: string): string {
  const words = url
    .replace(/^\/api\b/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('[') ? `By-${part.replace(/[^\w-]/g, '')}` : part))
    .flatMap((part) => part.split(/[^A-Za-z0-9]+/));
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function tagOf(url: string): string {
  const [first = 'api'] = url
    .replace(/^\/api(?:\/v\d+)?\//, '')
    .split('/')
    .filter((part) => !part.startsWith('['));
  return first === '' ? 'api' : first;
}
