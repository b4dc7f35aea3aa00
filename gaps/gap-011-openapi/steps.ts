import type { Finding, ManualStep } from '../../src/contract.ts';
import { type Code, operationOf } from './detect.ts';
import type { ApiDescriptionState } from './read.ts';

type StepsOf = (operations: readonly string[], state: ApiDescriptionState) => readonly ManualStep[];

const STEPS: Readonly<Record<Code, StepsOf | undefined>> = {
  'no-description': (_operations, state) => firstSteps(state),
  'undocumented-operation': (operations) => [
    step(`Add to the OpenAPI description, with the request body and every answer: ${operations.join(', ')}`),
  ],
  'documented-but-not-served': (operations) => [
    step(`Take out of the OpenAPI description, or serve again: ${operations.join(', ')}`),
  ],
  'internal-operation': undefined,
  'open-ended-route': undefined,
  'foreign-description': undefined,
};

/** The exact steps; the operations to describe are listed one by one. */
export function stepsFor(
  state: ApiDescriptionState,
  wanted: readonly Finding<Code>[],
): readonly ManualStep[] {
  return Object.entries(STEPS).flatMap(([code, stepsOf]) => {
    const found = wanted.filter((finding) => finding.code === code);
    if (found.length === 0 || !stepsOf) return [];
    return stepsOf(
      found.map(({ data }) => data?.operation ?? ''),
      state,
    );
  });
}

/** Where nothing in the repository can run the comparison. */
export function compareInCi(path: string): ManualStep {
  return {
    title: `Run npx --yes @redocly/cli@2 lint ${path} in CI, and compare its paths with the route files there`,
    why: 'No test runner of the app is known in which the comparison could run.',
    seenBy: 'A pull request that adds a route without describing it turns red.',
  };
}

/** Where the middleware answers 404 at the usual addresses of a page about an API. */
export function pageElsewhere(): ManualStep {
  return step(
    'Serve a page of the description, if wanted, at an address other than /api-docs and /swagger: the middleware answers 404 there',
  );
}

function firstSteps({ coverage, hidesDocs }: ApiDescriptionState): readonly ManualStep[] {
  const operations = coverage
    .filter(({ matches, generator }) => matches.length === 0 && generator === undefined)
    .flatMap(({ api }) => api.own)
    .map((served) => operationOf(served).replace(/\[(\w+)\]/g, '{$1}'));
  return [
    step(
      `Write docs/openapi.yaml (openapi: 3.0.3, info, servers, paths) with these operations: ${operations.join(', ')}`,
    ),
    step(
      'Describe each answer as the handler gives it: streams as text/event-stream, uploads as multipart/form-data, the shape of its errors, 401 where it asks for a login',
    ),
    step('Lint it in CI with: npx --yes @redocly/cli@2 lint docs/openapi.yaml'),
    ...(hidesDocs ? [pageElsewhere()] : []),
  ];
}

function step(title: string): ManualStep {
  return {
    title,
    why: 'What a request may hold and what each answer means stands in no one place of the code.',
    seenBy: 'The next audit compares methods and paths of the description with the route files, both ways.',
  };
}
