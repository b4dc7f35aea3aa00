import { describe, expect, test } from 'vitest';
import { createRepo } from './repo.ts';
import { memorySource } from './source.ts';

const repoOf = (...paths: readonly string[]) =>
  createRepo(memorySource(Object.fromEntries(paths.map((path) => [path, '']))));

describe('find', () => {
  const paths = [
    'a/app/page.tsx',
    'a/app/types.d.ts',
    'a/package.json',
    'b.test.ts',
    'b.ts',
    'package.json',
    'x/package.json.bak',
  ];
  const patterns = [
    /(^|\/)package\.json$/,
    /(?<!\.d)\.[cm]?[jt]sx?$/,
    /^a\//,
    /^[^/]+$/,
    /[^x]+json/,
    /(?:)/,
    /PAGE/i,
    /nothing/,
    /\.ts[^a-z]*b/,
  ];

  test.each(patterns)('gives the paths that %s matches, each for itself', (pattern) => {
    expect(repoOf(...paths).find(pattern)).toEqual(paths.filter((path) => pattern.test(path)));
  });

  test('finds nothing where there is nothing', () => {
    expect(repoOf().find(/(?:)/)).toEqual([]);
  });
});

describe('mentions', () => {
  const repo = createRepo(memorySource({ 'a.ts': 'const a = 1;', 'a.png': 'const a = 1;' }));

  test('looks for words and patterns in the text of listed files', () => {
    expect(repo.mentions('a.ts', 'const')).toBe(true);
    expect(repo.mentions('a.ts', /= \d/)).toBe(true);
    expect(repo.mentions('a.ts', 'let')).toBe(false);
    expect(repo.mentions('b.ts', 'const')).toBe(false);
  });

  test('opens no picture', () => {
    expect(repo.mentions('a.png', 'const')).toBe(false);
    expect(repo.counts.reads).toBe(1);
  });
});
