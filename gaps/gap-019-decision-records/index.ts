import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { readDecisions } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-019',
    slug: 'decision-records',
    title: 'Architecture Decision Records',
    problem: 'Nobody has recorded why the system is built as it is, so every decision is taken again.',
    looksFor: 'Repositories with code and without decision records, and records in which no decision stands.',
    category: 'Documentation',
    priority: 'P3',
    effort: '1 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-records':
        'No decision about the architecture is recorded: no docs/adr/, under this name or another.',
      'only-template': 'There is a form for decision records, and no record.',
      'no-decision': 'This record does not say what was decided.',
      'empty-record': {
        text: 'This record does not say what was decided, as most of the others do.',
        kind: 'note',
      },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-019',
      'https://cognitect.com/blog/2011/11/15/documenting-architecture-decisions',
      'https://adr.github.io/madr/',
    ],
  },

  read: readDecisions,
  detect,
  apply: (state, wanted) => ({ edits: [], manual: stepsFor(state, wanted) }),
  verify: () => [],
});
