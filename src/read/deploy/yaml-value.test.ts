import { expect, test } from 'vitest';
import { SourceError } from '../../errors.ts';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { yamlValue } from './yaml-value.ts';

function valueIn(text: string): unknown {
  return yamlValue(createRepo(memorySource({ 'a.yml': text })), 'a.yml');
}

test('anchors that are used hundreds of times are read', () => {
  const uses = Array.from({ length: 400 }, (_, index) => `k${index}: *shared`).join('\n');
  expect(valueIn(`shared: &shared { a: 1 }\n${uses}\n`)).toMatchObject({ k399: { a: 1 } });
});

test('aliases that multiply without end are refused as the file they stand in', () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const before = level === 0 ? '"lol"' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array(9).fill(before).join(', ')}]`;
  });
  expect(() => valueIn(`${levels.join('\n')}\n`)).toThrow(SourceError);
});

test('an alias that leads nowhere is refused as the file it stands in', () => {
  expect(() => valueIn('a: *missing\n')).toThrow(SourceError);
});

test.each([
  ['a text', 'a: { <<: text }\n'],
  ['itself', 'a: &a { b: { <<: *a } }\n'],
])('merging %s is refused as the file it stands in', (_, text) => {
  expect(() => valueIn(text)).toThrow(SourceError);
});
