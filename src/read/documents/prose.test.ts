import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { documentsAbout, isFilled, sectionsOf, withoutTasks } from './prose.ts';

const TEXT = `# Plan

Intro.

## Steps *now*
\`\`\`sh
# no heading
\`\`\`
### Deeper
more

## Contacts
nobody
`;

test('a section reaches to the next heading of its level, and code holds no heading', () => {
  const found = sectionsOf(TEXT).map(({ title, level }) => [title, level]);
  expect(found).toEqual([
    ['Plan', 1],
    ['Steps now', 2],
    ['Deeper', 3],
    ['Contacts', 2],
  ]);
  expect(sectionsOf(TEXT)[1]?.body).toContain('more');
  expect(sectionsOf(TEXT)[1]?.body).not.toContain('nobody');
  expect(sectionsOf('Title\n=====\n\nText\n\nPart\n----\n').map(({ title }) => title)).toEqual([
    'Title',
    'Part',
  ]);
});

test('a line above a block of code is no heading, and a block that is not closed reaches to the end', () => {
  const titles = (text: string) => sectionsOf(text).map(({ title }) => title);
  expect(titles('Run\n~~~\n# a\n~~~\n# End\n')).toEqual(['End']);
  expect(titles('# Start\n```\n# a\n~~~\n# b\n')).toEqual(['Start']);
});

describe('documentsAbout', () => {
  const about = (files: Record<string, string>) =>
    documentsAbout(createRepo(memorySource(files)), /retention/i).map(({ path }) => path);

  test('finds documents by name and by content, wherever they stand', () => {
    expect(
      about({ 'docs/data-retention.md': 'x', 'a.rst': 'Retention', 'b.md': 'nothing', 'c.ts': 'retention' }),
    ).toEqual(['a.rst', 'docs/data-retention.md']);
  });

  test.each([
    'CHANGELOG.md',
    'CLAUDE.md',
    '.claude/skills/retention.md',
    '.github/ISSUE_TEMPLATE/retention.md',
    'test/fixtures/retention.md',
    'prompts/retention.md',
  ])('passes %s over', (path) => expect(about({ [path]: 'retention' })).toEqual([]));

  test('passes an audit over that lists what lacks', () => {
    const lines = [1, 2, 3, 4, 5].map((each) => `### GAP-00${each}: retention`).join('\n');
    expect(about({ 'docs/runbook.md': lines })).toEqual([]);
  });
});

test.each([
  ['We keep orders for two years and delete them with a job that runs every night at three.', true],
  ['', false],
  ['Soon.', false],
  ['- [ ] Write down how long orders are kept and which job deletes them when that time is over', false],
  ['Call [name] at [phone] when the site is down, then write to <email> and wait for an answer.', false],
  ['<!-- We keep orders for two years and delete them with a job that runs every night. -->', false],
])('%j is filled: %s', (text, filled) => expect(isFilled(text)).toBe(filled));

test('texts that somebody collected are no documents of the project', () => {
  const text = 'A plan for incidents, and who is on call.\n';
  const repo = createRepo(
    memorySource({ 'docs/plan.txt': text, 'data/articles/raw.txt': text, 'docs/data/plan.md': text }),
  );
  expect(documentsAbout(repo, /incident/).map(({ path }) => path)).toEqual([
    'docs/data/plan.md',
    'docs/plan.txt',
  ]);
});

test('a box to tick says nothing', () => {
  expect(withoutTasks('one\n- [ ] two\n- [x] three\nfour')).toBe('one\n\n\nfour');
});
