import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { ignoreRuleFor } from './gitignore.ts';

function patternFor(gitignore: string, path: string, more: Record<string, string> = {}): string | undefined {
  return ignoreRuleFor(createRepo(memorySource({ '.gitignore': gitignore, ...more })), path)?.pattern;
}

test.each([
  ['build/', 'web/app/dashboard/build/loading.tsx', 'build/'],
  ['/build/', 'web/app/dashboard/build/loading.tsx', undefined],
  ['build/', 'web/app/build', undefined],
  ['*.log', 'a/b/c.log', '*.log'],
  ['a/*.log', 'x/a/c.log', undefined],
  ['**/out', 'a/out/b.tsx', '**/out'],
  ['docs/**', 'docs/a/b.md', 'docs/**'],
  ['# build/', 'build/a.ts', undefined],
  ['build/   ', 'build/a.ts', 'build/'],
  ['*.env.*\n!.env.example', '.env.example', undefined],
  ['*.env.*\n!.env.example', 'web/.env.local', '*.env.*'],
  ['build/\n!build/loading.tsx', 'build/loading.tsx', 'build/'],
  ['build/\n!app/build/', 'app/build/loading.tsx', undefined],
  ['file?.ts', 'file1.ts', 'file?.ts'],
  ['[ab].ts', 'b.ts', '[ab].ts'],
  ['[!ab].ts', 'b.ts', undefined],
  ['a+b', 'a+b/c', 'a+b'],
])('%j ignores %s by %s', (gitignore, path, pattern) => {
  expect(patternFor(gitignore, path)).toBe(pattern);
});

test('a file nearer to the path wins', () => {
  expect(patternFor('*.tsx', 'web/a.tsx', { 'web/.gitignore': '!a.tsx' })).toBeUndefined();
  expect(patternFor('', 'web/gen/a.tsx', { 'web/.gitignore': '/gen' })).toBe('/gen');
  expect(
    ignoreRuleFor(createRepo(memorySource({ '.gitignore': '\n\nbuild/\n' })), 'build/a.ts'),
  ).toMatchObject({
    path: '.gitignore',
    line: 3,
  });
});
