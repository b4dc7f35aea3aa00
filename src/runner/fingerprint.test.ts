import { expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

test('a fingerprint is 16 digits, and the same from version to version', () => {
  expect(fingerprintOf('["GAP-001","debug-route","app/api/debug/route.ts",[]]#1')).toBe('d067a5ffd3517214');
  expect(fingerprintOf('')).toMatch(/^[0-9a-f]{16}$/);
});

test('no two of 200,000 findings that differ by a number or a letter share one', () => {
  const seen = new Set<string>();
  for (let index = 0; index < 100_000; index += 1) {
    seen.add(fingerprintOf(`["GAP-016","no-name","app/page.tsx",[["name","Icon"]]]#${index}`));
    seen.add(fingerprintOf(`["GAP-016","no-name","app/${index.toString(36)}/page.tsx",[]]#1`));
  }
  expect(seen.size).toBe(200_000);
});
