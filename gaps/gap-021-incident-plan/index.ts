import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { readReadiness } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-021',
    slug: 'incident-plan',
    title: 'Incident response plan',
    problem: 'There is no plan for an outage, so whoever is there when it comes has to invent one.',
    looksFor:
      'Deployed services without a document that says how an outage is noticed, how severe it is, who is called, what is done, who is told and what is learnt.',
    category: 'Documentation',
    priority: 'P3',
    effort: '1 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-plan': 'The service is deployed ({{how}}), and no document says what happens when it fails.',
      'unfilled-plan': 'This plan for incidents is a form that nobody has filled in.',
      'blank-place': 'This plan for incidents is not filled in here: {{name}}.',
      'unknown-name':
        'This plan for incidents uses {{name}} in a command, and this repository has none of that name.',
      'missing-part': 'This plan for incidents does not say {{part}}.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-021',
      'https://csrc.nist.gov/pubs/sp/800/61/r3/final',
      'https://sre.google/sre-book/managing-incidents/',
    ],
  },

  read: readReadiness,
  detect,
  apply: (state, wanted) => ({ edits: [], manual: stepsFor(state, wanted) }),
  verify: () => [],
});
