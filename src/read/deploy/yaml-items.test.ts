import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { yamlItems } from './yaml-items.ts';

const TEXT = `steps:
  # first
  - id: a
    args: ['ci']

  - id: b # last
  - plain
other: [x]
`;

test('items carry their value and where they are written', () => {
  const repo = createRepo(memorySource({ 'ci.yaml': TEXT }));
  const items = yamlItems(repo, 'ci.yaml', ['steps']);
  expect(items.map(({ value }) => value)).toEqual([{ id: 'a', args: ['ci'] }, { id: 'b' }, 'plain']);
  expect(items.map(({ start, end }) => TEXT.slice(start, end))).toEqual([
    "id: a\n    args: ['ci']",
    'id: b # last',
    'plain',
  ]);
});

test.each([[['other']], [['nothing']], [['steps', 'a']]])('no block list at %j has no items', (keys) => {
  expect(yamlItems(createRepo(memorySource({ 'ci.yaml': TEXT })), 'ci.yaml', keys)).toEqual([]);
});
