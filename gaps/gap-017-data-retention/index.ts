import { defineGap } from '../../src/contract.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { stepsFor } from './steps.ts';

export default defineGap({
  meta: {
    id: 'GAP-017',
    slug: 'data-retention',
    title: 'Data retention policy documentation',
    problem: 'Nobody has written down how long data is kept, so it is kept for ever or lost by chance.',
    looksFor:
      'Repositories that keep data without a document that says how long each kind is kept and how it goes away.',
    category: 'Documentation',
    priority: 'P3',
    effort: '30 min',
    fix: 'manual',
    requires: [],
    writes: [],
    messages: {
      'no-policy': 'Data is kept in {{stores}}, and no document says for how long.',
      'unfilled-policy': 'This policy is a form that nobody has filled in.',
      'no-duration': 'This policy says of nothing how long it is kept.',
      'no-deletion': 'This policy does not say how data goes away when its time is over.',
      'unspoken-store': '{{kind}} keeps data here, and {{document}} does not speak of it.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-017',
      'https://eur-lex.europa.eu/eli/reg/2016/679/oj (GDPR, Article 5(1)(e))',
      'https://www.iso.org/standard/27001',
    ],
  },

  read,
  detect,
  apply: (state, wanted) => ({ edits: [], manual: stepsFor(state, wanted) }),
  verify: () => [],
});
