import { expect, test } from 'vitest';
import { gitPattern, isMadeOf } from './glob.ts';

test.each([
  ['a*c', 'abbc', true],
  ['a*c', 'ab/c', false],
  ['a**c', 'abbc', true],
  ['**/x', 'x', true],
  ['**/x', 'a/b/x', true],
  ['**/x', 'a/bx', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'ax/b', false],
  ['a/**', 'a', false],
  ['a/**', 'a/b/c', true],
  ['?.ts', 'a.ts', true],
  ['?.ts', '/.ts', false],
  ['[a-c_].ts', '_.ts', true],
  ['[!a-c].ts', 'b.ts', false],
  ['[!a-c].ts', 'd.ts', true],
  ['[]', '[]', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a.c', 'abc', false],
  ['', '', true],
])('%s on %s: %s', (glob, path, expected) => {
  expect(isMadeOf(gitPattern(glob), path)).toBe(expected);
});

test.each(['*a', '**/', '?*', '[a]*'])('a pattern of many takes no time: %s', (unit) => {
  const started = performance.now();
  expect(isMadeOf(gitPattern(`${unit.repeat(100)}b`), `${'a'.repeat(250)}c`)).toBe(false);
  expect(isMadeOf(gitPattern(`${unit.repeat(100)}b`), `${'a/'.repeat(250)}c`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(200);
});
