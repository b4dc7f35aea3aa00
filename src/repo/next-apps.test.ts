import { expect, test } from 'vitest';
import { createRepo } from './repo.ts';
import { memorySource } from './source.ts';

const NEXT = '{ "dependencies": { "next": "15.0.0" } }';

function appsOf(files: Readonly<Record<string, string>>) {
  return createRepo(memorySource(files)).layout.apps.map(({ dir, next }) => ({ dir, next }));
}

test('an app that declares next itself', () => {
  expect(appsOf({ 'web/package.json': NEXT, 'web/src/app/page.jsx': '' })).toEqual([
    { dir: 'web', next: '15.0.0' },
  ]);
});

test('apps of a monorepo that declares next once, told by their configuration', () => {
  const files = {
    'package.json': NEXT,
    'apps/web/package.json': '{ "name": "web" }',
    'apps/web/next.config.mjs': '',
    'apps/web/src/app/(main)/page.tsx': '',
    'apps/admin/package.json': '{ "name": "admin", "keywords": ["next"] }',
    'apps/admin/pages/index.js': '',
    'apps/api/package.json': '{ "name": "api" }',
    'apps/api/src/app/page.ts': '',
  };
  expect(appsOf(files)).toEqual([{ dir: 'apps/web', next: '15.0.0' }]);
});

test('a configuration without next anywhere is no app', () => {
  expect(
    appsOf({ 'package.json': '{}', 'a/package.json': '{}', 'a/next.config.js': '', 'a/app/page.js': '' }),
  ).toEqual([]);
});
