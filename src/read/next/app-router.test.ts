import { describe, expect, test } from 'vitest';
import { createRepo, type NextApp } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import {
  findSpecial,
  foldersDownTo,
  layoutsAround,
  pageExtension,
  pageFoldersOf,
  rootLayoutFolder,
  sectionsNamed,
} from './app-router.ts';

function load(...paths: readonly string[]) {
  const files = Object.fromEntries(paths.map((path) => [`web/${path}`, '']));
  const repo = createRepo(
    memorySource({ ...files, 'web/package.json': '{ "dependencies": { "next": "14.0.4" } }' }),
  );
  const [app] = repo.layout.apps;
  if (!app) throw new Error('no app');
  return { repo, app };
}

describe('the folders of pages', () => {
  const { app } = load(
    'app/page.tsx',
    'app/docs/page.mdx',
    'app/(shop)/[id]/page.jsx',
    'app/_parts/page.tsx',
    'app/api/health/route.ts',
    'app/homepage.tsx',
    'lib/page.ts',
  );

  test('are those with a page file, private folders aside', () => {
    expect(pageFoldersOf(app)).toEqual(['web/app/(shop)/[id]', 'web/app/docs', 'web/app']);
  });

  test('are none without an app folder', () => {
    expect(pageFoldersOf({ ...app, appDir: undefined })).toEqual([]);
  });

  test('lead down from the app folder', () => {
    expect(foldersDownTo(app, 'web/app/(shop)/[id]')).toEqual([
      'web/app',
      'web/app/(shop)',
      'web/app/(shop)/[id]',
    ]);
    expect(foldersDownTo(app, 'web/app')).toEqual(['web/app']);
    expect(foldersDownTo(app, 'web/apple')).toEqual([]);
  });
});

describe('layouts', () => {
  const { repo, app } = load(
    'app/[locale]/layout.tsx',
    'app/[locale]/template.js',
    'app/[locale]/a/layout.jsx',
    'app/[locale]/a/b/page.tsx',
  );

  test('stand around a folder from the outside in', () => {
    expect(layoutsAround(repo, app, 'web/app/[locale]/a/b')).toEqual([
      'web/app/[locale]/layout.tsx',
      'web/app/[locale]/template.js',
      'web/app/[locale]/a/layout.jsx',
    ]);
  });

  test('the outermost is the root layout, wherever it stands', () => {
    expect(rootLayoutFolder(repo, app, 'web/app/[locale]/a/b')).toBe('web/app/[locale]');
    expect(rootLayoutFolder(repo, app, 'web/app')).toBeUndefined();
  });

  test('a special file is found by its name, not by its ending', () => {
    expect(findSpecial(repo, 'web/app/[locale]/a', 'layout')).toBe('web/app/[locale]/a/layout.jsx');
    expect(findSpecial(repo, 'web/app/[locale]/a', 'error')).toBeUndefined();
  });
});

describe('the section of a name', () => {
  const sections = (...paths: readonly string[]) => sectionsNamed(load(...paths).app, 'dashboard');

  test('is found through groups and dynamic segments, once', () => {
    expect(sections('app/(app)/dashboard/page.tsx', 'app/(app)/dashboard/a/page.tsx')).toEqual([
      'web/app/(app)/dashboard',
    ]);
    expect(sections('app/[locale]/dashboard/[id]/page.tsx')).toEqual(['web/app/[locale]/dashboard']);
  });

  test('is none below another section, in a slot, in an interception or without a page', () => {
    expect(
      sections(
        'app/page.tsx',
        'app/docs/dashboard/page.tsx',
        'app/@modal/dashboard/page.tsx',
        'app/(.)photo/dashboard/page.tsx',
        'app/(dashboard)/page.tsx',
        'app/dashboard/layout.tsx',
      ),
    ).toEqual([]);
  });
});

test.each([
  [['app/layout.js', 'app/page.tsx'], 'tsx'],
  [['app/layout.jsx', 'app/page.js'], 'jsx'],
  [['app/layout.js', 'app/error.tsx'], 'js'],
])('pages %j are written as .%s', (paths, extension) => {
  const { app }: { app: NextApp } = load(...paths);
  expect(pageExtension(app)).toBe(extension);
});
