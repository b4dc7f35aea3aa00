import { CLOSED, defineGap, notApplicable } from '../../src/contract.ts';

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

  read: (repo) => ({ repo }),

  detect({ repo }) {
    if (!repo.exists('README.md')) return notApplicable('there is nothing to document');
    if (repo.exists('docs/example.md')) return CLOSED;
    return { findings: [{ code: 'no-example', path: 'docs/example.md' }] };
  },

  apply(_state, findings) {
    return { edits: findings.map(({ path }) => ({ kind: 'create', path, text: '# Example\n' })) };
  },

  verify({ repo }) {
    return [
      {
        title: 'The example has a heading',
        level: 'static',
        run: () =>
          repo.peek('docs/example.md')?.startsWith('# ')
            ? {
                verdict: 'pass',
                evidence: [{ subject: 'docs/example.md', observed: 'starts with a heading' }],
              }
            : { verdict: 'fail', reason: 'docs/example.md has no heading' },
      },
    ];
  },
});
