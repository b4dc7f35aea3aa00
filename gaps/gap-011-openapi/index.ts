import { CLOSED, defineGap, type Finding, notApplicable, type Repo } from '../../src/contract.ts';
import { SourceError } from '../../src/errors.ts';
import { yamlValue } from '../../src/read/deploy/yaml-value.ts';
import { checksOf } from './checks.ts';
import {
  documents,
  isInternal,
  isOfThisApi,
  isOwn,
  type Served,
  servedAnywhere,
  servedBy,
  unserved,
} from './compare.ts';
import { type Description, descriptionsIn } from './descriptions.ts';
import { findGenerator } from './generator.ts';
import { stepsFor } from './steps.ts';

type Code =
  | 'no-description'
  | 'undocumented-operation'
  | 'internal-operation'
  | 'documented-but-not-served'
  | 'foreign-description';

export default defineGap({
  meta: {
    id: 'GAP-011',
    slug: 'openapi',
    title: 'API documentation (OpenAPI)',
    problem: 'Nothing says what the API takes and answers, so every caller has to read its source.',
    looksFor:
      'An OpenAPI description (a file, comments or a generator) and whether its operations are those that the route handlers serve.',
    category: 'Documentation',
    priority: 'P2',
    effort: '2 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-description':
        'No OpenAPI description covers the {{operations}} operations of {{routes}} API routes.',
      'undocumented-operation': '{{operation}} is not in {{description}}.',
      'internal-operation': {
        text: '{{operation}} is not in {{description}}, which describes only what is meant for others.',
        kind: 'note',
      },
      'documented-but-not-served': '{{operation}} is documented here, and no route serves it.',
      'foreign-description': {
        text: 'This describes another API: none of its paths is served by an API route here.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-011',
      'https://spec.openapis.org/oas/v3.0.3#paths-object',
      'https://nextjs.org/docs/14/app/building-your-application/routing/route-handlers',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const served = servedBy(repo);
    const own = served.filter(isOwn);
    if (own.length === 0) return notApplicable('no API routes of a Next.js app');
    const all = descriptionsIn(repo, (path) => documentAt(repo, path));
    const ours = all.filter((description) => isOfThisApi(description, served));
    if (ours.length > 0) return { findings: driftOf(ours, servedAnywhere(repo), own) };
    const generator = findGenerator(repo);
    if (generator !== undefined) return { ...CLOSED, reason: `${generator.name} writes the description` };
    const routes = new Set(served.map(({ route }) => route.path));
    return {
      findings: [
        {
          code: 'no-description',
          path: 'docs/openapi.yaml',
          data: { operations: String(served.length), routes: String(routes.size) },
        },
        ...all.map(({ path }) => ({ code: 'foreign-description' as const, path, at: 0 })),
      ],
    };
  },

  apply: ({ repo }, findings) => ({ edits: [], manual: stepsFor(repo, findings) }),

  verify: ({ repo }) => checksOf(repo),
});

/** A description that does not parse describes nothing. */
function documentAt(repo: Repo, path: string): unknown {
  try {
    return path.endsWith('.json') ? repo.json(path) : yamlValue(repo, path);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

function driftOf(
  ours: readonly Description[],
  served: readonly Served[],
  own: readonly Served[],
): readonly Finding<Code>[] {
  const documented = ours.flatMap(({ operations }) => operations);
  const description = ours.length === 1 ? (ours[0]?.path ?? '') : 'any OpenAPI description';
  const missing = ours.some(({ isPartial }) => isPartial)
    ? []
    : own.filter((each) => !documented.some((operation) => documents(operation, each)));
  const known = own.filter((each) => !missing.includes(each)).map(({ route }) => route.url);
  return [
    ...missing.map(({ route, method }) => ({
      code: isInternal(route.url, known)
        ? ('internal-operation' as const)
        : ('undocumented-operation' as const),
      path: route.path,
      at: 0,
      data: { operation: method === '*' ? route.url : `${method} ${route.url}`, description },
    })),
    ...ours.flatMap((each) =>
      unserved(each, served).map(({ method, url, at }) => ({
        code: 'documented-but-not-served' as const,
        path: each.path,
        at,
        data: { operation: `${method} ${url}` },
      })),
    ),
  ];
}
