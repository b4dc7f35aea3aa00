import { expect, test } from 'vitest';
import { finding, gap } from '../../report/testing/documents.ts';
import { fails } from './verify.ts';

const waived = { reason: 'the host limits it', owner: 'ops', expires: '2099-01-01' };
const failing = {
  title: 'The proof holds',
  level: 'static',
  result: { verdict: 'fail', reason: 'it does not' },
  milliseconds: 1,
} as const;

test('a check that fails is no news where a person accepted what is left, and is where a note was accepted', () => {
  const closed = gap({ status: 'closed', findings: [finding({ waived })] });
  expect(fails({ ...closed, checks: [failing] }, false)).toBe(false);
  const noted = gap({ status: 'closed', findings: [finding({ waived, note: true })] });
  expect(fails({ ...noted, checks: [failing] }, false)).toBe(true);
});
