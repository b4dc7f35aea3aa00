import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf, removeCaches } from './install-digest.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aims-fix-digest-'));
  mkdirSync(join(folder, 'a/bin'), { recursive: true });
  writeFileSync(join(folder, 'a/index.js'), 'module.exports = 1;\n');
  writeFileSync(join(folder, 'a/bin/run'), '#!/bin/sh\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each<[string, () => void]>([
  [
    'a changed file, with its size and time kept',
    () => {
      writeFileSync(join(folder, 'a/index.js'), 'module.exports = 2;\n');
      utimesSync(join(folder, 'a/index.js'), 0, 0);
    },
  ],
  ['a longer file', () => appendFileSync(join(folder, 'a/index.js'), 'evil();\n')],
  ['a new file', () => writeFileSync(join(folder, 'a/new.js'), '')],
  ['a new link', () => symlinkSync('a', join(folder, 'b'))],
  ['another mode', () => chmodSync(join(folder, 'a/bin/run'), 0o755)],
  ['a file that is gone', () => rmSync(join(folder, 'a/bin/run'))],
])('%s is seen', async (_, change) => {
  const before = await digestOf([folder]);
  change();
  expect(await digestOf([folder])).not.toBe(before);
});

test('what builds keep beside the packages is no change once it is removed', async () => {
  const before = await digestOf([folder]);
  mkdirSync(join(folder, '.cache/babel'), { recursive: true });
  writeFileSync(join(folder, '.cache/babel/x.json'), '{}');
  await removeCaches([folder]);
  expect(await digestOf([folder])).toBe(before);
});

test('a folder that is missing is empty', async () => {
  expect(await digestOf([join(folder, 'nowhere')])).toBe(await digestOf([join(folder, 'neither')]));
});
