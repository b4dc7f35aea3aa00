import { describe, expect, test } from 'vitest';
import { createRepo } from './repo.ts';
import { memorySource } from './source.ts';

const PAGE = 'export default () => null;\n';
const NEXT = '{ "dependencies": { "next": "15.1.0", "react": "19.0.0" } }';

/** The apps of a tree: folder, the package that speaks for it, range of next. */
function appsOf(files: Readonly<Record<string, string>>): readonly string[] {
  return createRepo(memorySource(files)).layout.apps.map(
    ({ dir, workspace, next }) => `${dir || '.'} ${workspace.path} ${next}`,
  );
}

describe('Next.js apps', () => {
  test('are packages that depend on next and hold pages', () => {
    expect(
      appsOf({
        'package.json': NEXT,
        'src/app/page.jsx': PAGE,
        'api/package.json': '{ "dependencies": {} }',
      }),
    ).toEqual(['. package.json 15.1.0']);
  });

  test('are packages that run the next of the package above them', () => {
    expect(
      appsOf({
        'package.json': NEXT,
        'apps/web/package.json': '{ "scripts": { "dev": "dotenv -- next dev -p 4200" } }',
        'apps/web/src/app/(site)/layout.tsx': PAGE,
        'apps/api/package.json': '{ "scripts": { "start": "node main.js" } }',
        'apps/api/src/app/page.tsx': PAGE,
      }),
    ).toEqual(['apps/web apps/web/package.json 15.1.0']);
  });

  test('are folders with a next.config below the package that depends on next', () => {
    const files = {
      'package.json': NEXT,
      'apps/web/project.json': '{ "name": "web" }',
      'apps/web/next.config.js': 'module.exports = {};\n',
      'apps/web/pages/index.js': PAGE,
      'apps/admin/next.config.js': 'module.exports = {};\n',
      'apps/admin/app/page.js': PAGE,
    };
    expect(appsOf(files)).toEqual(['apps/admin package.json 15.1.0', 'apps/web package.json 15.1.0']);
  });

  test('are packages with a next.config below the package that depends on next', () => {
    const files = {
      'package.json': NEXT,
      'apps/web/package.json': '{ "name": "web" }',
      'apps/web/next.config.mjs': '',
      'apps/web/src/app/(main)/page.tsx': PAGE,
      'apps/admin/package.json': '{ "name": "admin", "keywords": ["next"] }',
      'apps/admin/pages/index.js': PAGE,
    };
    expect(appsOf(files)).toEqual(['apps/web apps/web/package.json 15.1.0']);
  });

  test('are none where a configuration stands and nothing declares next', () => {
    const files = {
      'package.json': '{}',
      'a/package.json': '{}',
      'a/next.config.js': '',
      'a/app/page.js': PAGE,
    };
    expect(appsOf(files)).toEqual([]);
  });

  test('are none where nothing declares next', () => {
    expect(
      appsOf({ 'package.json': '{ "scripts": { "dev": "next dev" } }', 'pages/index.js': PAGE }),
    ).toEqual([]);
  });
});
