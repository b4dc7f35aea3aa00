import { expect, test } from 'vitest';
import { kindOf } from './document-kind.ts';
import { sectionsOf } from './documents.ts';

test.each([
  ['docs/deployment.md', '# Deployment\n\nHow it is done.\n', 'guide'],
  ['docs/upgrades.mdx', '## Upgrades\n', 'guide'],
  ['docs/plans/caching.md', '# Caching\n', 'plan'],
  ['docs/billing.md', '# Product requirements: billing\n', 'plan'],
  ['PROJECT_STATUS.md', '# Where we are\n', 'report'],
  ['docs/audits/spring.md', '# Spring\n', 'report'],
  ['docs/rules.md', '# Rules for agents\n', 'agent-rules'],
  ['docs/helper.md', 'You are a careful engineer.\n', 'agent-rules'],
  ['HANDOFF.md', '# What comes next\n', 'report'],
  ['docs/export.md', '## User\n\nHow?\n\n## Assistant\n\nLike this.\n', 'chat'],
  ['docs/talk.md', '**User:** How?\n\n**Assistant:** Like this.\n', 'chat'],
])('%s is a %s', (path, text, kind) => {
  expect(kindOf({ path, text, sections: sectionsOf(text) })).toBe(kind);
});
