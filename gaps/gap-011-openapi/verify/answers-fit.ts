import type * as Ajv from 'ajv';
import type { Repo, Verdict } from '../../../src/contract.ts';
import { yamlValue } from '../../../src/read/deploy/yaml-value.ts';
import { once } from '../../../src/repo/once.ts';
import { asRecord } from '../../../src/repo/record.ts';
import type { Answer, Ask, World } from '../../../src/world.ts';
import { type DescribedOperation, describedOperations } from './described-operations.ts';

/** Loaded when answers are looked at. */
const ajv = once((): typeof Ajv => require('ajv'));

/** A description, and what its paths stand below. */
interface Place {
  readonly path: string;
  readonly base: string;
}

/** What a request is meant to provoke. */
interface Try {
  readonly what: string;
  readonly ask: Ask;
}

const NAME = 'description';

/**
 * Asks each operation for what can be provoked without harm: as nobody, with nothing, and with a body that cannot be
 * read. Each answer has to be described: its status, its type, and the shape of its JSON.
 */
export async function answersFit(
  world: Pick<World, 'visitor'>,
  repo: Repo,
  { path, base }: Place,
): Promise<Verdict> {
  const shapes = shapesOf(repo, path);
  const operations = describedOperations(repo, path, base);
  const wrong: string[] = [];
  const silent: string[] = [];
  const statuses = new Map<string, number>();
  for (const operation of operations) {
    let answered = 0;
    for (const { what, ask } of triesOf(operation)) {
      const answer = await answerOf(world, operation, ask);
      if (!answer) continue;
      answered += 1;
      statuses.set(String(answer.status), (statuses.get(String(answer.status)) ?? 0) + 1);
      const fault = faultOf(shapes, operation, answer);
      if (fault) wrong.push(`${operation.name} ${what}: ${fault}`);
    }
    if (answered === 0) silent.push(operation.name);
  }
  if (wrong.length > 0) return { verdict: 'fail', reason: listed(wrong) };
  if (silent.length > 0)
    return { verdict: 'fail', reason: `nothing is answered in time by ${listed(silent)}` };
  const seen = [...statuses].sort().map(([status, count]) => `${count} × ${status}`);
  return {
    verdict: 'pass',
    evidence: [{ subject: `${operations.length} operations`, observed: seen.join(', ') }],
  };
}

function listed(items: readonly string[]): string {
  const more = items.length > 5 ? `; and ${items.length - 5} more` : '';
  return `${items.slice(0, 5).join('; ')}${more}`;
}

function triesOf({ takes }: DescribedOperation): readonly Try[] {
  if (takes === undefined) return [{ what: 'asked by nobody', ask: {} }];
  if (!/\bjson\b/.test(takes)) return [{ what: 'with an empty form', ask: { body: new URLSearchParams() } }];
  const headers = { 'content-type': 'application/json' };
  return [
    { what: 'with a body that is no JSON', ask: { headers, body: '{' } },
    { what: 'with an empty object', ask: { headers, body: '{}' } },
  ];
}

/** A stream may stay open, and a handler may wait for a server that is not here: no answer is none. */
async function answerOf(
  world: Pick<World, 'visitor'>,
  { method, url }: DescribedOperation,
  ask: Ask,
): Promise<Answer | undefined> {
  try {
    return await world.visitor().ask(url, { ...ask, method, seconds: 20 });
  } catch {
    return undefined;
  }
}

/** Tells whether a value has the shape of a schema, and otherwise where not. */
type Shapes = (schema: unknown, value: unknown) => string | undefined;

function shapesOf(repo: Repo, path: string): Shapes {
  const { Ajv } = ajv();
  const validator = new Ajv({ strict: false, validateFormats: false, allErrors: false });
  const named = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/', `"${NAME}#/`));
  validator.addSchema({ $id: NAME, ...asRecord(named(yamlValue(repo, path))) });
  return (schema, value) => {
    const isValid = validator.validate(asRecord(named(schema)), value);
    return isValid ? undefined : validator.errorsText(validator.errors, { dataVar: 'the answer' });
  };
}

/** Why an answer is not one that the description names. */
function faultOf(shapes: Shapes, { responses }: DescribedOperation, answer: Answer): string | undefined {
  const { status, headers, json } = answer;
  const described = responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses.default;
  if (described === undefined) return `answers ${status}, which is not described`;
  const content = asRecord(asRecord(described).content);
  const type = (headers['content-type'] ?? '').replace(/;.*/, '').trim();
  if (Object.keys(content).length === 0 || answer.text === '') return undefined;
  const media = content[type] ?? content['*/*'];
  if (media === undefined)
    return `answers ${status} as ${type || 'nothing'}, described as ${Object.keys(content).join(' or ')}`;
  const { schema } = asRecord(media);
  return schema === undefined || !/\bjson\b/.test(type) ? undefined : shapes(schema, json);
}
