import type * as Redocly from '@redocly/openapi-core';
import type { Repo, Verdict } from '../../../src/contract.ts';
import { once } from '../../../src/repo/once.ts';

/** Loaded when a description is looked at: it brings a parser and two thousand files. */
const redocly = once((): typeof Redocly => require('@redocly/openapi-core'));

/** What makes a description wrong, whatever its style (redocly.com/docs/cli/rules). */
const RULES = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'no-identical-paths': 'error',
  'path-parameters-defined': 'error',
  'path-declaration-must-exist': 'error',
  'operation-operationId-unique': 'error',
  'operation-parameters-unique': 'error',
  'no-path-trailing-slash': 'error',
  'no-server-trailing-slash': 'off',
} as const;

/** A second reader of the description, which says where it is wrong. Nothing outside of the repository is read. */
export async function lintsClean(repo: Repo, path: string): Promise<Verdict> {
  const text = repo.text(path);
  if (/\$ref["']?\s{0,5}:\s{0,5}["']?https?:/.test(text))
    return { verdict: 'skip', reason: `${path} takes parts from the network, which no check does` };
  const { BaseResolver, createConfig, lintFromString, Source } = redocly();
  class RepositoryResolver extends BaseResolver {
    override async loadExternalRef(reference: string): Promise<Redocly.Source> {
      return new Source(reference, repo.text(reference.replace(/^\//, '')));
    }
  }
  const problems = await lintFromString({
    source: text,
    absoluteRef: `/${path}`,
    config: await createConfig({ rules: RULES }),
    externalRefResolver: new RepositoryResolver(),
  });
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0)
    return { verdict: 'pass', evidence: [{ subject: path, observed: 'Redocly finds no error' }] };
  return { verdict: 'fail', reason: errors.slice(0, 5).map(saidOf).join('; ') };
}

/** `docs/openapi.yaml:12:5 Can't resolve $ref` */
function saidOf({ message, location: [first] }: Redocly.NormalizedProblem): string {
  const [said = message] = message.split('\n');
  if (!first) return said;
  const { start } = redocly().getLineColLocation(first);
  return `${first.source.absoluteRef.replace(/^\//, '')}:${start.line}:${start.col} ${said}`;
}
