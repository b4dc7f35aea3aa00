import { describe, expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { findRegister, findRunbook } from './find.ts';

const repo = (files: Record<string, string>) => createRepo(memorySource(files));
const gaps = (count: number) =>
  Array.from({ length: count }, (_, index) => `### GAP-00${index + 1}: T\n`).join('\n');

describe('findRunbook', () => {
  test('takes the file that describes most gaps and orders them', () => {
    const files = {
      'docs/a_runbook.md': `${gaps(1)}\n## Execution Order\n`,
      'docs/coding_editor_runbook.md': `${gaps(3)}\n## Execution Order\n`,
    };
    expect(findRunbook(repo(files))).toBe('docs/coding_editor_runbook.md');
  });
  test('is not fooled by a name, or by gaps without an order', () => {
    expect(findRunbook(repo({ 'incident-runbook.md': '# On call\n\n## Execution Order\n' }))).toBeUndefined();
    expect(findRunbook(repo({ 'gap-list.md': gaps(3) }))).toBeUndefined();
  });
  test('reads no document whose name says nothing of the kind', () => {
    const target = repo({ 'README.md': 'x', 'docs/guide.md': 'x' });
    expect(findRunbook(target)).toBeUndefined();
    expect(target.counts.reads).toBe(0);
  });
});

describe('findRegister', () => {
  test('goes by the header', () => {
    const files = {
      'audit.csv': 'a,b\ngap_id,priority\n',
      'docs/gap_register.csv': '\uFEFFpriority,"gap_id"\r\n',
    };
    expect(findRegister(repo(files))).toBe('docs/gap_register.csv');
  });
  test('finds none in a repository without one', () => {
    expect(
      findRegister(repo({ 'gaps.csv': 'gap_id_old,priority\n', 'data.csv': 'gap_id,priority\n' })),
    ).toBeUndefined();
  });
});
