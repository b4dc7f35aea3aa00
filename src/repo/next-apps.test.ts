import { expect, test } from 'vitest';
import { createRepo } from './repo.ts';
import { memorySource } from './source.ts';

const apps = (files: Record<string, string>) =>
  createRepo(memorySource(files)).layout.apps.map(({ dir, next }) => `${dir}: ${next}`);
const PAGE = 'export default () => null;\n';

test('one package.json declares what all packages use', () => {
  const files = {
    'package.json': '{ "dependencies": { "next": "16.0.0" } }',
    'apps/web/package.json': '{ "scripts": { "dev": "dotenv -- next dev -p 4200" } }',
    'apps/web/src/app/page.tsx': PAGE,
    'apps/api/package.json': '{ "scripts": { "dev": "nest start" } }',
    'apps/api/src/app/page.tsx': PAGE,
  };
  expect(apps(files)).toEqual(['apps/web: 16.0.0']);
});

test('a script that runs next where nobody declares it is no app', () => {
  const files = {
    'package.json': '{ "scripts": { "web": "cd web && next dev" } }',
    'app/page.tsx': PAGE,
  };
  expect(apps(files)).toEqual([]);
});
