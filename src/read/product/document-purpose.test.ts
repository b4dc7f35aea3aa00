import { expect, test } from 'vitest';
import { purposeOf } from './document-purpose.ts';
import { sectionsOf } from './documents.ts';

const purpose = (path: string, text: string) => purposeOf({ path, text, sections: sectionsOf(text) });

test.each([
  ['docs/data-retention.md', '# Data retention\n\nOrders are kept for ten years.\n', undefined],
  ['docs/rules.md', '# Project rules\n\nScope: All AI agents\n', 'agents'],
  ['docs/house.md', '# House\n\nYou are a senior database engineer.\n', 'agents'],
  ['agents/writer.md', '# Writer\n', 'agents'],
  ['docs/PRD-voice.md', '# Voice\n', 'plan'],
  ['docs/voice.md', '# Voice\n\n## Acceptance criteria\n\nIt speaks.\n', 'plan'],
  ['docs/2026.md', '# Lessons learned\n', 'lessons'],
  ['docs/notes.txt', 'User: Hello\nAssistant: Hello\nUser: And now?\n', 'conversation'],
  ['docs/notes.txt', '[10:31] Ada: a\n[10:32] Bob: b\n[10:33] Ada: c\n', 'conversation'],
  ['docs/api.md', '# API\n\n```\nUser: a\nUser: b\nUser: c\n```\n', undefined],
])('%s is for %j', (path, text, expected) => expect(purpose(path, text)).toBe(expected));
