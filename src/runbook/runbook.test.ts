import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { outlineOf, parseRunbook } from './runbook.ts';

const text = readFileSync(new URL('./fixtures/runbook.md', import.meta.url), 'utf8');

describe('parseRunbook', () => {
  test('reads the 23 gaps with the priority they stand under', async () => {
    const { gaps } = await parseRunbook('runbook.md', text);
    expect(gaps).toHaveLength(23);
    const of = (priority: string) => gaps.filter((gap) => gap.priority === priority).map(({ id }) => id);
    expect(of('P0')).toEqual(['GAP-001', 'GAP-002', 'GAP-003']);
    expect(of('P1')).toEqual(['GAP-004', 'GAP-005', 'GAP-006', 'GAP-007', 'GAP-008']);
    expect(of('P2')).toEqual(['GAP-009', 'GAP-010', 'GAP-011', 'GAP-012', 'GAP-013']);
    expect(of('P3')).toHaveLength(10);
  });

  test('reads a gap whole: title, problem, files, effort and line', async () => {
    const { gaps } = await parseRunbook('runbook.md', text);
    expect(gaps[0]).toEqual({
      id: 'GAP-001',
      title: 'Remove Debug/Test API Endpoints',
      priority: 'P0',
      problem: 'Routes under /api/test answer anyone.',
      files: ['frontend/app/api/test/e2b/route.ts', 'frontend/app/api/test/groq/route.ts'],
      effort: '5 min',
      line: 7,
    });
  });

  test('takes files from the label line, or from items that open with a path', async () => {
    const { gaps } = await parseRunbook('runbook.md', text);
    expect(gaps[2]?.files).toEqual(['infra/docker-compose.prod.yml']);
    expect(gaps[4]?.files).toEqual([
      'frontend/jest.config.ts',
      'frontend/vitest.config.ts',
      'frontend/__tests__/',
    ]);
    expect(gaps[3]?.files).toEqual([]);
  });

  test('reads the execution order', async () => {
    const { order } = await parseRunbook('runbook.md', text);
    expect(order.map((id) => Number(id.slice(4)))).toEqual([1, 2, 3, 6, 7, 4, 5, 13, 12, 8, 10, 9, 11]);
  });

  test.each(['–', '-', ':', '—'])('tolerates %s between a name and its title', async (dash) => {
    const { gaps } = await parseRunbook('r.md', `## P1 ${dash} High\n\n### GAP-007 ${dash} Track errors\n`);
    expect(gaps).toMatchObject([{ id: 'GAP-007', title: 'Track errors', priority: 'P1' }]);
  });

  test('gives no priority under a heading that names none', async () => {
    const { gaps } = await parseRunbook('r.md', '## P1\n\n### GAP-001: A\n\n## Later\n\n### GAP-002: B\n');
    expect(gaps.map(({ priority }) => priority)).toEqual(['P1', undefined]);
  });

  test('takes no list for the order that stands under another heading or has no numbers', async () => {
    const after = await parseRunbook('r.md', '## Execution Order\n\n## Other\n\n1. **GAP-001** (1 min)\n');
    const bullets = await parseRunbook('r.md', '## Execution Order\n\n- **GAP-001** (1 min)\n');
    expect([after.order, bullets.order]).toEqual([[], []]);
  });

  test('skips items of the order that name no gap', async () => {
    const { order } = await parseRunbook(
      'r.md',
      '## Execution Order\n\n1. **GAP-002**\n2. Rest\n3. GAP-001 (x)\n',
    );
    expect(order).toEqual(['GAP-002', 'GAP-001']);
  });
});

describe('outlineOf', () => {
  test('leaves ids, titles, priorities, lines and the order as they are', async () => {
    const whole = await parseRunbook('r.md', text);
    const outline = await parseRunbook('r.md', outlineOf(text));
    const facts = ({ id, title, priority, effort, line }: (typeof whole.gaps)[number]) => [
      id,
      title,
      priority,
      effort,
      line,
    ];
    expect(outline.gaps.map(facts)).toEqual(whole.gaps.map(facts));
    expect(outline.order).toEqual(whole.order);
    expect(outlineOf(text)).not.toContain('Routes under');
  });

  test('leaves a heading in a comment or a fence hidden', async () => {
    const hidden = '<!--\nold\n### GAP-001: A\n-->\n\n~~~\n### GAP-002: B\n~~~\n\n### GAP-003: C\n';
    const { gaps } = await parseRunbook('r.md', outlineOf(hidden));
    expect(gaps.map(({ id }) => id)).toEqual(['GAP-003']);
  });
});
