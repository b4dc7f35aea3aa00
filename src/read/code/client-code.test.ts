import { expect, test } from 'vitest';
import { isClient } from './client-code.ts';

test.each([
  ["'use client';\n", true],
  ['"use client"\nimport x from "y";\n', true],
  ["// frontend/app/page.tsx\n'use client';\n", true],
  ['/* one */ /* two */\n\n// three\n  "use client";\n', true],
  ["import x from 'y';\n'use client';\n", false],
  ["// 'use client'\nexport {};\n", false],
  ["/* 'use client' */ export {};\n", false],
  ['/* never closed', false],
  ['', false],
])('%j', (text, expected) => {
  expect(isClient(text)).toBe(expected);
});

test('any number of comments is passed in one go', () => {
  const started = performance.now();
  expect(isClient(`${'/* a */\n'.repeat(50_000)}'use client';`)).toBe(true);
  expect(isClient(`${'/* a */\n'.repeat(50_000)}export {};`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});
