import type { Finding, Repo } from '../../../src/contract.ts';
import { spansBetween, splice } from '../../../src/edit/spans.ts';
import { yamlValue } from '../../../src/read/deploy/yaml-value.ts';
import { asRecord } from '../../../src/repo/record.ts';

import type { Code } from '../detect.ts';
import type { Coverage } from '../read/coverage.ts';
import { isSamePath, type Match } from '../read/matching.ts';
import { type Addition, withAdditions } from './add-operations.ts';
import { type DescribedApi, type DescribedOperation, describedApi } from './described-api.ts';
import { componentsOf } from './description-text.ts';
import type { Part } from './part.ts';
import { inVersion31 } from './schema.ts';

/**
 * Adds the operations that a committed description lacks; what stands in it stays as somebody wrote it. None where
 * nothing is wanted, or where the description is no file of YAML or JSON in a layout that is known.
 */
export function completedDescription(
  repo: Repo,
  { api: { app }, matches, undescribed }: Coverage,
  wanted: readonly Finding<Code>[],
): readonly Part[] {
  const findings = wanted.filter(
    ({ code }) => code === 'undocumented-operation' || code === 'internal-operation',
  );
  const missing = undescribed.flatMap(({ served }) => {
    const isWanted = findings.some(
      ({ path, data }) => path === served.path && data?.operation === nameOf(served),
    );
    return isWanted ? [served] : [];
  });
  const match = matches.find(({ description }) => /\.(?:ya?ml|json)$/.test(description.path));
  if (missing.length === 0 || !match || matches.length > 1) return [];
  const described = describedApi(repo, app, missing);
  const { path } = match.description;
  const text = repo.text(path);
  const changed = withAdditions(path, text, additionsOf(described, match, yamlValue(repo, path)));
  if (changed === undefined) return [];
  const unread = new Set(described.unread);
  const done = missing.filter((served) => !unread.has(served));
  return [
    {
      edits: [splice(repo, path, spansBetween(text, changed))],
      closes: findings.filter((each) =>
        done.some((served) => served.path === each.path && nameOf(served) === each.data?.operation),
      ),
    },
  ];
}

/** As detect names an operation. */
function nameOf({ method, url }: { readonly method: string; readonly url: string }): string {
  return method === '*' ? url : `${method} ${url}`;
}

function additionsOf(api: DescribedApi, { base, description }: Match, written: unknown): readonly Addition[] {
  const isNew31 = String(asRecord(written).openapi).startsWith('3.1');
  const as = (value: object): unknown => (isNew31 ? inVersion31(value) : value);
  const known = new Set(description.operations.map((each) => each.path));
  const byPath = new Map<string, DescribedOperation[]>();
  for (const each of api.operations) {
    const written = [...known].find((path) => isSamePath(base + path, each.served.url));
    const path = written ?? (each.path.startsWith(base) ? each.path.slice(base.length) : each.path);
    byPath.set(path, [...(byPath.get(path) ?? []), withNamesOf(path, each)]);
  }
  const operations = [...byPath].flatMap(([path, each]): readonly Addition[] =>
    known.has(path)
      ? each.map(({ method, operation }) => ({
          keys: ['paths', path, method.toLowerCase()],
          value: as(operation),
        }))
      : [{ keys: ['paths', path], value: itemOf(each, as) }],
  );
  const components = Object.entries(componentsOf(api)).flatMap(([kind, all]) => {
    const taken = asRecord(asRecord(asRecord(written).components)[kind]);
    return Object.entries(all)
      .filter(([name]) => !(name in taken))
      .map(([name, value]): Addition => ({ keys: ['components', kind, name], value: as(value) }));
  });
  return [...operations, ...components];
}

/** Where a description calls a parameter of the address otherwise than the route's folder, its name counts. */
function withNamesOf(path: string, each: DescribedOperation): DescribedOperation {
  const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  const { parameters = [] } = each.operation;
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  if (inPath.every(({ name }, index) => name === names[index])) return each;
  const renamed = inPath.map((parameter, index) => ({ ...parameter, name: names[index] ?? parameter.name }));
  const others = parameters.filter((parameter) => parameter.in !== 'path');
  return { ...each, operation: { ...each.operation, parameters: [...renamed, ...others] } };
}

function itemOf(
  operations: readonly DescribedOperation[],
  as: (value: object) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(operations.map(({ method, operation }) => [method.toLowerCase(), as(operation)]));
}
