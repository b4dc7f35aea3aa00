import { expect, test } from 'vitest';
import { mayBeAtLeast, staysWithin } from './version-ranges.ts';

test.each([
  ['15.3.0', '15.3.0', true],
  ['^15.0.0', '15.3.0', true],
  ['~15.1.0', '15.3.0', false],
  ['14.2.5', '15.0.0', false],
  ['14.x', '14.2.0', true],
  ['>=13', '15.0.0', true],
  ['~13.2 || ^14', '14.2.0', true],
  ['~13.2 || ^14', '15.0.0', false],
  ['15.0.0-canary.5', '15.0.0', true],
  ['latest', '15.0.0', true],
  ['catalog:', '15.0.0', true],
])('%s may be %s or later: %s', (range, version, expected) => {
  expect(mayBeAtLeast(range, version)).toBe(expected);
});

test('a range stays within a wider one, and one without a number within none', () => {
  expect(staysWithin('^15.4.1', '>=13.2.0-0 <17')).toBe(true);
  expect(staysWithin('12.3.4', '>=13.2.0-0 <17')).toBe(false);
  expect(staysWithin('latest', '>=13.2.0-0 <17')).toBe(false);
});
