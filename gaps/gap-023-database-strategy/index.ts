import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { readDatabases } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-023',
    slug: 'database-strategy',
    title: 'Unified database strategy',
    problem:
      'Data is spread over several kinds of databases and files, and nobody has decided what belongs where.',
    looksFor:
      'Repositories that keep records in more than one kind of database without a document that decides about each, and schemas that nothing uses.',
    category: 'Database',
    priority: 'P3',
    effort: '2 hr',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-strategy': 'Records are kept in {{kinds}}, and no document decides what belongs where.',
      'unnamed-store': '{{kind}} keeps records here ({{how}}), and {{document}} does not say what for.',
      'orphan-schema': 'This schema declares tables for {{kind}}, and no code uses it.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-023',
      'https://www.sqlite.org/whentouse.html',
      'https://adr.github.io/',
    ],
  },

  read: readDatabases,
  detect,
  apply: (state, wanted) => ({ edits: [], manual: stepsFor(state, wanted) }),
  verify: () => [],
});
