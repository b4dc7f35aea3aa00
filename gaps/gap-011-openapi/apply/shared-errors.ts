import type { OperationObject } from './document.ts';
import type { Schema } from './schema.ts';

/** Operations whose errors of one shape are a component, with these components. */
export interface SharedErrors {
  readonly operations: readonly OperationObject[];
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** A shape that so many answers share is worth a name. */
const OFTEN = 3;

/** Gives the shapes in which many operations tell of errors a name: `Error`, `Error2`. */
export function withSharedErrors(
  operations: readonly OperationObject[],
  taken: ReadonlySet<string>,
): SharedErrors {
  const counts = new Map<string, number>();
  for (const { responses } of operations)
    for (const schema of errorsIn(responses)) {
      const key = JSON.stringify(schema);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const often = [...counts].filter(([, count]) => count >= OFTEN).sort(([, a], [, b]) => b - a);
  const names = namesFor(often.length, taken);
  const byKey = new Map(often.map(([key], index) => [key, names[index] ?? '']));
  return {
    operations: operations.map((each) => ({ ...each, responses: named(each.responses, byKey) })),
    schemas: Object.fromEntries([...byKey].map(([key, name]) => [name, JSON.parse(key)])),
  };
}

function errorsIn(responses: OperationObject['responses']): readonly Schema[] {
  return Object.entries(responses)
    .filter(([status]) => isError(status))
    .flatMap(([, { content = {} }]) => Object.values(content))
    .flatMap(({ schema }) => (schema?.properties ? [schema] : []));
}

function isError(status: string): boolean {
  return /^[45]/.test(status) || status === 'default';
}

function namesFor(count: number, taken: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (let number = 1; names.length < count; number += 1) {
    const name = number === 1 ? 'Error' : `Error${number}`;
    if (!taken.has(name)) names.push(name);
  }
  return names;
}

function named(
  responses: OperationObject['responses'],
  byKey: ReadonlyMap<string, string>,
): OperationObject['responses'] {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      if (!isError(status) || !response.content) return [status, response];
      const content = Object.entries(response.content).map(([type, { schema }]) => {
        const name = schema && byKey.get(JSON.stringify(schema));
        const shown = name === undefined ? schema : { $ref: `#/components/schemas/${name}` };
        return [type, shown ? { schema: shown } : {}];
      });
      return [status, { ...response, content: Object.fromEntries(content) }];
    }),
  );
}
