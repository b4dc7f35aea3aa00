import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-018',
    slug: 'pii-handling',
    title: 'PII handling documentation',
    problem: 'Nobody has written down which personal data is held, where it lies and who else gets it.',
    looksFor:
      'Applications that handle the data of people without a document about it, outside services that the document does not name, and documents that do not say how data is deleted.',
    category: 'Documentation',
    priority: 'P3',
    effort: '30 min',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-document':
        'The data of people is handled here ({{what}}, {{where}}), and no document says which, where and by whom.',
      'unfilled-document': 'This document about personal data is a form that nobody has filled in.',
      'unnamed-processor': '{{processor}} is handed data here, and {{document}} does not name it.',
      'unspoken-store': '{{kind}} keeps data here, and {{document}} does not say what of people lies in it.',
      'no-rights': 'This document does not say how a person has data deleted or handed out.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-018',
      'https://eur-lex.europa.eu/eli/reg/2016/679/oj (GDPR, Articles 13, 15, 17 and 30)',
      'https://csrc.nist.gov/pubs/sp/800/122/final',
    ],
  },

  read,
  detect,
  apply: (state, wanted) => ({ edits: [], manual: stepsFor(state, wanted) }),
  verify: () => [],
});
