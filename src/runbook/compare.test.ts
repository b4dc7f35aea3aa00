import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { compareWithTarget, type KnownGap } from './compare.ts';

const runbook = readFileSync(new URL('./fixtures/runbook.md', import.meta.url), 'utf8');
const register = readFileSync(new URL('./fixtures/register.csv', import.meta.url), 'utf8');

/** The gaps as the tool knows them: the register's words, in the runbook's order. */
const inOrder = [1, 2, 3, 6, 7, 4, 5, 13, 12, 8, 10, 9, 14, 15, 16, 17, 18, 19, 20, 21, 22, 11, 23];
const known: readonly KnownGap[] = inOrder.map((number) => {
  const line = register.split('\n')[number] ?? '';
  const [, category = '', priority, title = ''] = line.split(',');
  const found = (['P0', 'P1', 'P2', 'P3'] as const).find((one) => one === priority);
  if (!found) throw new Error(`no priority in ${line}`);
  return { id: `GAP-${String(number).padStart(3, '0')}`, category, priority: found, title };
});

const compare = (files: Record<string, string>, gaps = known) =>
  compareWithTarget(gaps, createRepo(memorySource(files)));

describe('compareWithTarget', () => {
  test('finds nothing where the documents say the same in other capitals', async () => {
    expect(await compare({ 'docs/runbook.md': runbook, 'docs/gap_register.csv': register })).toEqual([]);
  });

  test('finds nothing where the target has no such documents', async () => {
    expect(await compare({ 'README.md': '# Gaps' })).toEqual([]);
  });

  test('names what a runbook says otherwise, and what the tool uses', async () => {
    const text = runbook
      .replace('### GAP-002: Add React Error Boundaries', '### GAP-002: Catch errors')
      .replace('## P1 — High\n', '')
      .replace('### GAP-023: Unified Database Strategy', '### GAP-024: One Database');
    expect(await compare({ 'runbook.md': text })).toEqual([
      'runbook.md:19 calls GAP-002 "Catch errors"; aims-fix calls it "Add React error boundaries".',
      ...[4, 5, 6, 7, 8].map(
        (number, index) =>
          `runbook.md:${[28, 30, 37, 39, 41][index]} gives GAP-00${number} the priority P0; aims-fix uses P1.`,
      ),
      expect.stringMatching(
        /^runbook\.md:\d+ lists GAP-024, which aims-fix does not know; it is not checked\.$/,
      ),
      'runbook.md does not list GAP-023; aims-fix checks it all the same.',
    ]);
  });

  test('says only of the gap that moved that it stands elsewhere', async () => {
    const text = runbook
      .replace(/4\. \*\*GAP-006.*\n/, '')
      .replace(/(12\. .*\n)/, '$113. **GAP-006** (30 min)\n');
    expect(await compare({ 'runbook.md': text })).toEqual([
      'runbook.md closes GAP-006 as number 12 of these 13; aims-fix closes it as number 4.',
    ]);
  });

  test('names what a register says otherwise', async () => {
    const text = register
      .replace('GAP-003,Deployment,P0', 'GAP-003,Operations,P2')
      .replace(/^GAP-019.*\n/m, '')
      .replace(/^(GAP-020.*\n)/m, '$1$1')
      .replace('GAP-021,Documentation,P3', 'GAP-021,Documentation,');
    expect(await compare({ 'gap_register.csv': text })).toEqual([
      'gap_register.csv:4 gives GAP-003 the priority P2; aims-fix uses P0.',
      'gap_register.csv:4 puts GAP-003 in Operations; aims-fix uses Deployment.',
      'gap_register.csv:21 lists GAP-020 a second time; aims-fix knows it once.',
      'gap_register.csv:22 gives GAP-021 the priority (nothing); aims-fix uses P3.',
      'gap_register.csv does not list GAP-019; aims-fix checks it all the same.',
    ]);
  });

  test('turns a register that cannot be read into one sentence', async () => {
    expect(await compare({ 'gaps.csv': 'gap_id,priority\nGAP-001,P0\n' })).toEqual([
      'gaps.csv:1:1: the header lacks category, title, status, estimated_effort; aims-fix goes by its own list.',
    ]);
  });
});
