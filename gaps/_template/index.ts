import { defineGap } from '../../src/contract.ts';
import { exampleEdits } from './apply.ts';
import { findingsOf } from './detect.ts';
import { readDocs } from './read.ts';
import { headingCheck } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-000',
    slug: 'template',
    title: 'Say what is to be done',
    problem: 'Say in one sentence what is wrong.',
    looksFor: 'Say in one sentence what detect looks for.',
    category: 'Documentation',
    priority: 'P3',
    effort: '30 min',
    fix: 'automatic',
    requires: [],
    writes: ['docs/example.md'],
    messages: {
      'no-example': '{{path}} does not exist.',
    },
    references: ['https://example.com/the-source-of-the-rule'],
  },
  read: readDocs,
  detect: findingsOf,
  apply: (_docs, wanted) => ({ edits: exampleEdits(wanted) }),
  verify: (docs) => [headingCheck(docs)],
});
