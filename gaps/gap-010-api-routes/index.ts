import { defineGap } from '../../src/contract.ts';
import { applyRoutes, needsRequired, routeOptions, unitOf } from './apply.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { verifyRoutes } from './verify.ts';

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
    fix: 'automatic',
    requires: ['GAP-004'],
    writes: [
      '**/app/**/{route,page}.{ts,tsx}',
      '**/lib/**/*.ts',
      '**/*proxy*.ts',
      '**/components/auth/*.tsx',
      '**/__tests__/{api,components,helpers}/*.{ts,tsx}',
    ],
    messages: {
      'no-authentication': '{{url}} answers without asking who calls.',
      'body-first':
        '{{url}} reads the body before it asks who calls: strangers can send it anything, and what is no JSON ends in a 500.',
      'no-validation': '{{url}} uses the body as it comes; no schema checks it.',
      'no-rate-limit': 'Nothing limits how often {{url}} is called.',
      'unescaped-query': '{{url}} puts query parameters into an upstream url without escaping them.',
      'mock-data': '{{url}} answers with invented data.',
      'cached-upstream':
        '{{url}} answers for ever what its upstream said first: this version of Next.js caches the fetch of a GET handler.',
      'hides-upstream-failure': '{{url}} answers 200 when its upstream fails.',
      'waits-forever': 'This waits for its service as long as that likes to take.',
      'leaks-secret':
        '{{url}} hands on whatever its service says of the keys; nothing keeps pieces of them back.',
      'no-invitation-record': '{{url}} sends a mail and keeps no invitation that could be accepted.',
      'read-only': '{{url}} only lists the keys; none can be created, rotated or revoked.',
      'keys-elsewhere': {
        text: 'This lists the keys and offers no way to create, rotate or revoke one: they are changed where the environment of this service stands.',
        kind: 'note',
      },
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

  options: routeOptions,
  read,
  detect,
  unitOf,
  apply: applyRoutes,
  needsRequired,
  verify: verifyRoutes,
});
