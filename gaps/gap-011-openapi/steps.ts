import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import { isOwn, servedBy } from './compare.ts';

/** The exact steps; the operations to describe are listed one by one. */
export function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  const of = (code: string) =>
    findings.filter((finding) => finding.code === code).map(({ data }) => data?.operation ?? '');
  const [missing, gone] = [of('undocumented-operation'), of('documented-but-not-served')];
  if (findings.some(({ code }) => code === 'no-description')) return firstSteps(repo);
  return [
    ...(missing.length === 0
      ? []
      : [
          step(
            `Add to the OpenAPI description, with the request body and every answer: ${missing.join(', ')}`,
          ),
        ]),
    ...(gone.length === 0
      ? []
      : [step(`Take out of the OpenAPI description, or serve again: ${gone.join(', ')}`)]),
  ];
}

function firstSteps(repo: Repo): readonly ManualStep[] {
  const operations = servedBy(repo)
    .filter(isOwn)
    .map(({ route, method }) => {
      const path = route.url.replace(/\[(\w+)\]/g, '{$1}');
      return method === '*' ? path : `${method} ${path}`;
    });
  const steps = [
    step(
      `Write docs/openapi.yaml (openapi: 3.0.3, info, servers, paths) with these operations: ${operations.join(', ')}`,
    ),
    step(
      'Describe each answer as the handler gives it: streams as text/event-stream, uploads as multipart/form-data, the shape of its errors, 401 where it asks for a login',
    ),
    step('Lint it in CI with: npx --yes @redocly/cli@1 lint docs/openapi.yaml'),
  ];
  const front = repo.layout.apps
    .map(({ middlewarePath }) => repo.peek(middlewarePath ?? '') ?? '')
    .join('\n');
  return /['"]\/(swagger|api-docs)['"]/.test(front)
    ? [
        ...steps,
        step(
          'Serve a page of it, if wanted, at an address other than /api-docs and /swagger: the middleware answers 404 there',
        ),
      ]
    : steps;
}

function step(title: string): ManualStep {
  return {
    title,
    why: 'What a request may hold and what each answer means stands in no one place of the code.',
    seenBy: 'The next audit compares methods and paths of the description with the route files, both ways.',
  };
}
