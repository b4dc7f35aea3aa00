import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-009',
    slug: 'dashboard-pages',
    title: 'Complete stub dashboard pages',
    problem: 'Dashboard pages show constants as if they were live, and buttons wait where they should work.',
    looksFor:
      'Dashboard pages that the runbook names: missing, hard-coded or simulated, without states, not in the navigation; elsewhere, pages that sleep instead of saving, charts of constants, buttons without effect, requests that no route answers and links that lead nowhere.',
    category: 'Frontend',
    priority: 'P2',
    effort: '8 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-page': '{{url}} does not exist.',
      'hard-coded-data': '{{url}} shows constants as data: {{what}}.',
      'simulated-action': '{{what}} of {{url}} only waits; nothing is saved or started.',
      'inert-controls': '{{url}} has buttons that do nothing: {{what}}.',
      'dead-request': '{{url}} asks {{what}}, and no route of the app answers that.',
      'invented-user': '{{url}} acts for the invented user {{what}}, not for the one who is signed in.',
      'no-loading-state': '{{url}} fetches and shows nothing while it waits.',
      'no-error-state': '{{url}} fetches and does not show that it failed.',
      'no-empty-state': '{{url}} lists what it fetched and says nothing when there is none.',
      'not-in-navigation': '{{url}} is not in the navigation.',
      'dead-link': 'This links to {{url}}, which no page serves.',
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
  apply: (_state, wanted) => ({ edits: [], manual: stepsFor(wanted) }),
  verify: () => [],
});
