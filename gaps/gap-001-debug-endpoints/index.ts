import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-001',
    slug: 'debug-endpoints',
    title: 'Remove debug/test API endpoints',
    problem: 'Routes made for trying things out answer anybody in production, and run what they are sent.',
    looksFor:
      'Route handlers under api/test, api/debug and their like that answer without a login in production, and the shipped code that calls them.',
    category: 'Security',
    priority: 'P0',
    effort: '5 min',
    fix: 'automatic',
    requires: [],
    writes: ['**/*.{ts,tsx,js,jsx,mts,cts,mjs,cjs}', '**/*.{md,mdx,markdown}'],
    messages: {
      'debug-route': '{{methods}} {{url}} answers anybody in production.',
      'calls-debug-route': 'This calls the debug route {{url}}.',
      'imports-debug-route': 'This imports the file of the debug route {{url}}.',
      'names-debug-route-file': 'This names the file of the debug route {{url}}.',
      'debug-route-behind-login': {
        text: '{{url}} stands among debug routes and asks for a login; it is left alone.',
        kind: 'note',
      },
      'maybe-debug-route': {
        text: '{{url}} is called like a debug route and {{seen}}; a person has to look.',
        kind: 'note',
      },
      'calls-missing-route': {
        text: 'This names {{url}}, which no route handler of this app serves.',
        kind: 'note',
      },
      'unread-code': {
        text: '{{path}} cannot be read, so nothing tells whether it calls a debug route.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-001',
      'https://nextjs.org/docs/14/app/building-your-application/routing/route-handlers',
    ],
  },

  options: (zod) =>
    zod.object({
      strategy: zod
        .enum(['delete', 'gate'])
        .default('delete')
        .describe(
          'delete the routes and the entries that call them, or keep them for development: gated handlers answer 404 in production, other methods 405.',
        ),
    }),

  read,
  detect,
  unitOf: ({ data }) => data?.url ?? '',
  apply: (state, wanted, { strategy }) => apply(state, wanted, strategy),
  verify,
});
