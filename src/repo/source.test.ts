import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SourceError } from '../errors.ts';
import { createRepo } from './repo.ts';
import { diskSource } from './source.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'aims-fix-source-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
}

describe('the read view of a folder', () => {
  test('lists what people wrote, sorted, also where folders have names that look like build output', () => {
    for (const path of [
      'b.ts',
      'app/build/page.tsx',
      'node_modules/x/index.js',
      '.next/a.js',
      '.git/HEAD',
      '.github/workflows/ci.yml',
    ]) {
      write(path, '');
    }
    expect(diskSource(root).list()).toEqual(['.github/workflows/ci.yml', 'app/build/page.tsx', 'b.ts']);
  });

  test('follows no link, so a circle is no trap and nothing outside is read', () => {
    write('a/b.ts', '');
    symlinkSync(root, join(root, 'a/circle'));
    symlinkSync('/etc/hostname', join(root, 'outside.txt'));
    expect(diskSource(root).list()).toEqual(['a/b.ts']);
    expect(diskSource(root).occupied('outside.txt')).toBe(true);
  });

  test('says why a file cannot be read, and blocks nobody else', () => {
    write('large.ts', Buffer.alloc(6 * 1024 * 1024, 32));
    write('binary.ts', Uint8Array.from([0, 255, 254]));
    const repo = createRepo(diskSource(root));
    expect(() => repo.text('large.ts')).toThrow(/large\.ts: is larger than 5 MiB/);
    expect(() => repo.text('binary.ts')).toThrow(SourceError);
    expect(repo.peek('binary.ts')).toBeUndefined();
    expect(repo.peek('missing.ts')).toBeUndefined();
  });

  test('an empty folder is a repository without files', () => {
    const repo = createRepo(diskSource(root));
    expect(repo.files).toEqual([]);
    expect(repo.layout.apps).toEqual([]);
    expect(repo.layout.compose).toEqual([]);
  });

  test.each([
    ['a.ts', 'const = 1;\n', /a\.ts:1:7/],
    ['a.json', '{ "a": 1,, }\n', /a\.json:1:10: invalid JSON/],
    ['a.yml', 'a:\n  - [\n', /a\.yml:\d+:\d+: invalid YAML/],
  ])('%s that does not parse is an error with its place', (path, text, message) => {
    write(path, text);
    const repo = createRepo(diskSource(root));
    const parse = path.endsWith('ts') ? repo.module : path.endsWith('json') ? repo.json : repo.yaml;
    expect(() => parse(path)).toThrow(message);
  });
});
