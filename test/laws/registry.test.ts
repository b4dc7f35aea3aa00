import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { order } from '../../gaps/order.ts';
import { registry } from '../../gaps/registry.ts';
import { loadGaps } from '../../src/registry.ts';
import { parseRegister } from '../../src/runbook/register.ts';
import { parseRunbook } from '../../src/runbook/runbook.ts';
import { executionOrder } from '../../src/runner/order.ts';

const DOCS = 'test/fixtures/aims/docs/real-app-forever';
const summaries = registry.map(({ summary }) => summary);

describe('the registry', () => {
  test('holds every gap folder, and nothing else', () => {
    const folders = readdirSync('gaps', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.startsWith('gap-'))
      .map(({ name }) => name)
      .sort();
    expect(summaries.map(({ id, slug }) => `${id.toLowerCase()}-${slug}`).sort()).toEqual(folders);
  });

  test('says what each gap says of itself', async () => {
    const gaps = await loadGaps(registry);
    for (const [index, { meta }] of gaps.entries()) {
      const { messages: _messages, ...summary } = meta;
      expect(summaries[index]).toEqual(summary);
    }
  });

  test('stands in execution order', () => {
    expect(executionOrder(summaries, order)).toEqual(summaries);
  });

  test('is what the README shows', () => {
    const readme = readFileSync('README.md', 'utf8');
    const rows = [...readme.matchAll(/^\| \d+ \| (GAP-\d{3}) \| (P\d) \| (.+?) \|/gm)].map(
      ([, id, priority, title]) => ({ id, priority, title }),
    );
    expect(rows).toEqual(summaries.map(({ id, priority, title }) => ({ id, priority, title })));
  });
});

describe('the runbook of the sample', () => {
  test('agrees with every gap that it knows: priority, place in the order', async () => {
    const runbook = await parseRunbook(
      'runbook.md',
      readFileSync(`${DOCS}/coding_editor_runbook.md`, 'utf8'),
    );
    const known = summaries.filter(({ id }) => runbook.gaps.some((gap) => gap.id === id));
    expect(known.map(({ id }) => id).sort()).toEqual(runbook.gaps.map(({ id }) => id).sort());
    for (const { id, priority } of known)
      expect({ id, priority: runbook.gaps.find((gap) => gap.id === id)?.priority }).toEqual({ id, priority });
    const inOrder = order.first.filter((id) => runbook.order.includes(id));
    expect(runbook.order.filter((id) => order.first.includes(id))).toEqual(inOrder);
  });

  test('and its register: title, priority, category', async () => {
    const register = await parseRegister(
      'gap_register.csv',
      readFileSync(`${DOCS}/gap_register.csv`, 'utf8'),
    );
    for (const row of register.rows)
      expect(summaries.find(({ id }) => id === row.id)).toMatchObject({
        title: row.title,
        priority: row.priority,
        category: row.category,
      });
  });
});
