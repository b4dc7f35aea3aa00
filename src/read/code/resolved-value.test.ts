import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { resolvedValue } from './resolved-value.ts';

const FILES = {
  'a.ts': `
import given, { listed, renamed as local } from './b';
export const own = { a: 1 } as const;
export const frozen = Object.freeze({ f: 1 });
export const loop = loop;
export const made = make();
`,
  'b.ts': `
const inner = { listed: 1 };
export { inner as renamed };
export * from './c';
export default { given: 1 } satisfies object;
`,
  'c.ts': 'export const listed = { c: 1 };',
};
const repo = createRepo(memorySource(FILES));

function textOf(name: string): string | undefined {
  const module = repo.module('a.ts');
  const value = { type: 'Identifier', name, start: 0, end: 0 } as const;
  const found = resolvedValue(repo, { dir: '' }, { module, value });
  return found?.module.text.slice(found.value.start, found.value.end);
}

test.each([
  ['own', '{ a: 1 }'],
  ['frozen', '{ f: 1 }'],
  ['given', '{ given: 1 }'],
  ['local', '{ listed: 1 }'],
  ['listed', '{ c: 1 }'],
  ['made', 'make()'],
])('%s stands for %s', (name, text) => {
  expect(textOf(name)).toBe(text);
});

test.each(['loop', 'unknown'])('%s leads nowhere', (name) => {
  expect(textOf(name)).toBeUndefined();
});
