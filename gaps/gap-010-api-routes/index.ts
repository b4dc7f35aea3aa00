import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-010',
    slug: 'api-routes',
    title: 'Complete stub API routes',
    problem: 'API routes act for anybody, take any body, or answer with data that nobody wrote.',
    looksFor:
      'The API routes that the runbook names: login, input validation, rate limit, real and fresh data; elsewhere, routes that only say they are not implemented or answer with mock data, and routes that change or delete records for anybody.',
    category: 'API Routes',
    priority: 'P2',
    effort: '4 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-authentication': '{{url}} answers without asking who calls.',
      'no-validation': '{{url}} uses the body as it comes; no schema checks it.',
      'no-rate-limit': 'Nothing limits how often {{url}} is called.',
      'unescaped-query': '{{url}} puts query parameters into an upstream url without escaping them.',
      'mock-data': '{{url}} answers with invented data.',
      'cached-upstream':
        '{{url}} answers for ever what its upstream said first: this version of Next.js caches the fetch of a GET handler.',
      'hides-upstream-failure': '{{url}} answers 200 when its upstream fails.',
      'no-invitation-record': '{{url}} sends a mail and keeps no invitation that could be accepted.',
      'read-only': '{{url}} only lists the keys; none can be created, rotated or revoked.',
      'stub-route': '{{url}} {{reason}}.',
      'sibling-lacks': {
        text: '{{url}}, which the runbook does not name, has no {{lacks}}.',
        kind: 'note',
      },
      'unread-route': {
        text: '{{url}} exports its handlers from elsewhere; they were not read.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-010',
      'https://nextjs.org/docs/14/app/building-your-application/caching#data-cache',
      'https://owasp.org/API-Security/editions/2023/en/0x11-t10/',
    ],
  },

  read,
  detect,
  apply: (_state, wanted) => ({ edits: [], manual: stepsFor(wanted) }),
  verify: () => [],
});
