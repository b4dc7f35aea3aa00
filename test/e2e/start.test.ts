import { isAscii } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const COMMAND = resolve('bin/aims-fix.js');

test('the built script is ASCII, as what reads it takes it for', () => {
  expect(isAscii(readFileSync('dist/aims-fix.cjs'))).toBe(true);
});

test('the package carries what V8 compiled, and the Node that built it takes it', () => {
  const { cache }: { readonly cache: string } = createRequire(import.meta.url)(COMMAND);
  expect(existsSync(cache)).toBe(true);
  const program = `const { load, tune } = require(${JSON.stringify(COMMAND)}); tune(); console.log(load({ isCached: true }).script.cachedDataRejected)`;
  const rejected = (...flags: readonly string[]) =>
    execFileSync(process.execPath, [...flags, '--eval', program], { encoding: 'utf8' }).trim();
  expect(rejected()).toBe('false');
  // Another V8 refuses it; the script runs all the same.
  expect(rejected('--no-regexp-tier-up')).toBe('true');
});
