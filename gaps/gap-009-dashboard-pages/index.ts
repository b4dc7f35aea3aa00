import { defineGap } from '../../src/contract.ts';
import { applyPages } from './apply.ts';
import { detect, unitOf } from './detect.ts';
import { read } from './read.ts';
import { verifyPages } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-009',
    slug: 'dashboard-pages',
    title: 'Complete stub dashboard pages',
    problem: 'Dashboard pages show constants as if they were live, and buttons wait where they should work.',
    looksFor:
      'Dashboard pages that the runbook names: missing, hard-coded or simulated, without states, not in the navigation; elsewhere, pages that sleep instead of saving, charts of constants, buttons without effect, requests that no route answers and links that lead nowhere. What no endpoint answers stays open, with a work order.',
    category: 'Frontend',
    priority: 'P2',
    effort: '8 hr',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/app/**/{page,layout,route}.{ts,tsx}',
      '**/components/**/*.tsx',
      '**/hooks/useApi{,Action}.ts',
      '**/lib/dashboard/*.ts',
      '**/lib/api/{answers,caller,guard,limits,same-origin}.ts',
      '**/lib/json-body.ts',
      '**/__tests__/lib/ask-api.test.ts',
    ],
    messages: {
      'no-page': '{{url}} does not exist.',
      'hard-coded-data': '{{url}} shows a constant where an endpoint has the data: {{what}}.',
      'unsourced-data': '{{url}} shows a constant as data, and no endpoint is known to have it: {{what}}.',
      'simulated-action': '{{what}} of {{url}} only waits; nothing is saved or started.',
      'inert-controls': '{{url}} has buttons that do nothing: {{what}}.',
      'dead-request': '{{url}} asks {{what}}, and no route of the app answers that.',
      'invented-user': '{{url}} acts for the invented user {{what}}, not for the one who is signed in.',
      'client-guard':
        '{{url}} is guarded in the browser alone: the server sends it to everybody, and only then {{what}} is asked for.',
      'no-loading-state': '{{url}} fetches and shows nothing while it waits.',
      'no-error-state': '{{url}} fetches and does not show that it failed.',
      'no-empty-state': '{{url}} lists what it fetched and says nothing when there is none.',
      'not-in-navigation': '{{url}} is not in the navigation.',
      'dead-link': 'This links to {{url}}, which no page serves.',
      'no-phone-navigation':
        'Narrow screens hide {{what}}, and nothing else leads to the pages of the dashboard there.',
      'sibling-is-mock': {
        text: '{{url}}, which the runbook does not name, shows invented data or only pretends to act.',
        kind: 'note',
      },
    },
    references: [
      'runbook: GAP-009',
      'https://nextjs.org/docs/14/app/building-your-application/routing/loading-ui-and-streaming',
      'https://nextjs.org/docs/14/app/building-your-application/routing/error-handling',
    ],
  },

  read,
  detect,
  unitOf,
  apply: applyPages,
  verify: verifyPages,
});
