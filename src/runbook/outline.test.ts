import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readOutline } from './outline.ts';
import { parseRunbook } from './runbook.ts';

const fixture = readFileSync(new URL('./fixtures/runbook.md', import.meta.url), 'utf8');

test.each([
  ['the runbook', fixture],
  [
    'dashes and bold words',
    '## **P1** – High\n\n### GAP-007 – Track `errors`\n\n## Later\n\n### GAP-008: B ##\n',
  ],
  [
    'what is hidden',
    '<!--\n### GAP-001: A\n-->\n\n~~~\n### GAP-002: B\n~~~\n\n### GAP-003: C\n```\n### GAP-004: D\n',
  ],
  [
    'the order',
    '## Execution Order\n\n1. **GAP-002** (1 min)\n2. Rest\n3. GAP-001\n\n## Other\n\n1. GAP-005\n',
  ],
])('%s reads as the parser reads it', async (_, text) => {
  const whole = await parseRunbook('r.md', text);
  const { gaps, order } = readOutline('r.md', text);
  expect(gaps).toEqual(
    whole.gaps.map(({ id, title, priority, line }) => ({
      id,
      title,
      line,
      files: [],
      ...(priority ? { priority } : {}),
    })),
  );
  expect(order).toEqual(whole.order);
});
