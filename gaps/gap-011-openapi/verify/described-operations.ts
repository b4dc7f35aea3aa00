import type { Repo } from '../../../src/contract.ts';
import { yamlValue } from '../../../src/read/deploy/yaml-value.ts';
import { asRecord } from '../../../src/repo/record.ts';
import { HTTP_METHODS } from '../tables.ts';

/** An operation as its description says it, with the parts that it names filled in. */
export interface DescribedOperation {
  readonly method: string;
  /** With sample values for what has to be given. */
  readonly url: string;
  /** How it is called in messages: `GET /api/items/{id}`. */
  readonly name: string;
  /** The type of body that it takes; undefined where it takes none. */
  readonly takes: string | undefined;
  readonly responses: Readonly<Record<string, unknown>>;
}

/** The operations of a description in the repository. */
export function describedOperations(repo: Repo, path: string, base: string): readonly DescribedOperation[] {
  const root = yamlValue(repo, path);
  return Object.entries(asRecord(asRecord(root).paths)).flatMap(([url, written]) => {
    const item = asRecord(resolved(root, written));
    return Object.entries(item).flatMap(([method, operation]) =>
      HTTP_METHODS.has(method) ? [operationAt(root, { method, url: base + url, item, operation })] : [],
    );
  });
}

interface Written {
  readonly method: string;
  readonly url: string;
  readonly item: Readonly<Record<string, unknown>>;
  readonly operation: unknown;
}

function operationAt(root: unknown, { method, url, item, operation }: Written): DescribedOperation {
  const { parameters, requestBody, responses } = asRecord(operation);
  const query = [...listOf(item.parameters), ...listOf(parameters)]
    .map((each) => asRecord(resolved(root, each)))
    .filter((each) => each.in === 'query' && each.required === true)
    .map(({ name, schema }) => `${encodeURIComponent(String(name))}=${sampleOf(schema)}`);
  const filled = url.replace(/\{[^{}]*\}/g, 'sample');
  const content = asRecord(asRecord(resolved(root, requestBody)).content);
  return {
    method: method.toUpperCase(),
    url: query.length > 0 ? `${filled}?${query.join('&')}` : filled,
    name: `${method.toUpperCase()} ${url}`,
    takes: Object.keys(content)[0],
    responses: Object.fromEntries(
      Object.entries(asRecord(responses)).map(([status, each]) => [status, resolved(root, each)]),
    ),
  };
}

function sampleOf(schema: unknown): string {
  const { type } = asRecord(schema);
  return type === 'integer' || type === 'number' ? '1' : 'sample';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What `{ $ref: '#/components/…' }` stands for. */
function resolved(root: unknown, value: unknown): unknown {
  const { $ref } = asRecord(value);
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return value;
  return $ref
    .slice(2)
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, key) => asRecord(node)[key], root);
}
