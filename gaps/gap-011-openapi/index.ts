import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

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
    fix: 'automatic',
    requires: [],
    writes: ['**/*.{yaml,yml,json}', '**/__tests__/openapi.test.ts'],
    messages: {
      'no-description':
        'No OpenAPI description covers the {{operations}} operations of {{routes}} API routes.',
      'undocumented-operation': '{{operation}} is not in {{description}}.',
      'internal-operation': {
        text: '{{operation}} is not in {{description}}, which describes only what is meant for others.',
        kind: 'note',
      },
      'documented-but-not-served': '{{operation}} is documented here, and no route serves it.',
      'open-ended-route': {
        text: '{{url}} answers every address that begins so, and nothing here describes what stands behind it.',
        kind: 'note',
      },
      'foreign-description': {
        text: 'This describes another API: hardly any of its operations is served by an API route here.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-011',
      'https://spec.openapis.org/oas/v3.0.3#paths-object',
      'https://nextjs.org/docs/14/app/building-your-application/routing/route-handlers',
    ],
  },

  read,
  detect,
  options: (zod) =>
    zod.object({
      version: zod
        .enum(['3.0', '3.1'])
        .default('3.0')
        .describe('the version of OpenAPI that a new description is written in.'),
    }),
  apply: (state, wanted, { version }) => apply(state, wanted, version),
  verify,
});
