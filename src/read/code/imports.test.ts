import { describe, expect, test } from 'vitest';
import { createRepo, type Repo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { importersOf, reachableFrom, requestsOf, resolveImport } from './imports.ts';
import { specifierFor } from './specifier-for.ts';

function repoOf(files: Readonly<Record<string, string>>): Repo {
  return createRepo(memorySource(files));
}

function scopeOf(repo: Repo, dir = '') {
  return { dir, files: repo.files };
}

const ALIAS = JSON.stringify({ compilerOptions: { paths: { '@/*': ['./*'] } } });

describe('resolveImport', () => {
  const repo = repoOf({
    'web/tsconfig.json': `{
      // as create-next-app writes it
      "compilerOptions": { "paths": { "@/*": ["./*"], "@/ui/*": ["./design/*"], "config": ["./config.ts"], }, },
    }`,
    'web/app/page.tsx': '',
    'web/app/nav.tsx': '',
    'web/app/nav.css': '',
    'web/lib/auth.ts': '',
    'web/lib/index.ts': '',
    'web/lib/types.d.ts': '',
    'web/lib/data.json': '{}',
    'web/lib/v1.2/client.mjs': '',
    'web/design/button.jsx': '',
    'web/ui/button.tsx': '',
    'web/config.ts': '',
    'web/ui/кнопка.tsx': '',
    'api/lib/auth.ts': '',
  });
  const at = (specifier: string, from = 'web/app/page.tsx') =>
    resolveImport(repo, { dir: 'web' }, from, specifier);

  test.each([
    ['./nav', 'web/app/nav.tsx'],
    ['./nav.tsx', 'web/app/nav.tsx'],
    ['./nav.js', 'web/app/nav.tsx'],
    ['./nav.css', 'web/app/nav.css'],
    ['../lib', 'web/lib/index.ts'],
    ['../lib/', 'web/lib/index.ts'],
    ['../lib/data', 'web/lib/data.json'],
    ['../lib/v1.2/client', 'web/lib/v1.2/client.mjs'],
    ['../../api/lib/auth', 'api/lib/auth.ts'],
    ['@/lib/auth', 'web/lib/auth.ts'],
    ['@/lib', 'web/lib/index.ts'],
    ['@/ui/button', 'web/design/button.jsx'],
    ['config', 'web/config.ts'],
    ['./nav.css?inline', 'web/app/nav.css'],
    ['../ui/кнопка', 'web/ui/кнопка.tsx'],
  ])('%s leads to %s', (specifier, path) => expect(at(specifier)).toBe(path));

  test.each(['react', 'next-auth/react', './missing', '../../../outside', '@/lib/missing', '@other/thing'])(
    '%s leads nowhere here',
    (specifier) => expect(at(specifier)).toBeUndefined(),
  );

  test('a dot is the index beside the file, two dots the one above', () => {
    expect(at('.', 'web/lib/auth.ts')).toBe('web/lib/index.ts');
    expect(at('..', 'web/lib/v1.2/client.mjs')).toBe('web/lib/index.ts');
  });

  test('a folder without tsconfig knows no alias', () => {
    expect(resolveImport(repo, { dir: 'api' }, 'api/lib/auth.ts', '@/lib/auth')).toBeUndefined();
  });
});

describe('the aliases of a configuration', () => {
  const resolved = (files: Readonly<Record<string, string>>, specifier: string) =>
    resolveImport(repoOf(files), { dir: 'web' }, 'web/a.ts', specifier);

  test('are read from jsconfig.json too', () => {
    const files = { 'web/jsconfig.json': ALIAS, 'web/a.ts': '', 'web/lib/b.js': '' };
    expect(resolved(files, '@/lib/b')).toBe('web/lib/b.js');
  });

  test('start at baseUrl, which is an alias of its own', () => {
    const config = { compilerOptions: { baseUrl: './src', paths: { '~/*': ['*'] } } };
    const files = { 'web/tsconfig.json': JSON.stringify(config), 'web/src/lib/b.ts': '' };
    expect(resolved(files, '~/lib/b')).toBe('web/src/lib/b.ts');
    expect(resolved(files, 'lib/b')).toBe('web/src/lib/b.ts');
  });

  test('are inherited, relative to where they are written', () => {
    const files = {
      'tsconfig.base.json': JSON.stringify({ compilerOptions: { paths: { '@shared/*': ['./shared/*'] } } }),
      'web/tsconfig.json': JSON.stringify({ extends: '../tsconfig.base' }),
      'shared/b.ts': '',
    };
    expect(resolved(files, '@shared/b')).toBe('shared/b.ts');
  });

  test('replace what is inherited', () => {
    const files = {
      'base.json': JSON.stringify({ compilerOptions: { paths: { '@/*': ['./shared/*'] } } }),
      'web/tsconfig.json': JSON.stringify({
        extends: ['@tsconfig/next', '../base.json'],
        compilerOptions: { paths: { '@/*': ['./own/*', './fallback/*'] } },
      }),
      'shared/b.ts': '',
      'web/fallback/b.ts': '',
    };
    expect(resolved(files, '@/b')).toBe('web/fallback/b.ts');
  });

  test('a configuration that extends itself ends', () => {
    const files = { 'web/tsconfig.json': JSON.stringify({ extends: './tsconfig.json' }) };
    expect(resolved(files, '@/b')).toBeUndefined();
  });
});

test('a package of the same repository is found by its name', () => {
  const repo = repoOf({
    'packages/ui/package.json': '{ "name": "@acme/ui" }',
    'packages/ui/src/index.ts': '',
    'packages/ui/button.tsx': '',
    'packages/broken/package.json': '{ "name": ',
    'web/package.json': '{ "name": "web", "dependencies": { "@acme/ui": "*" } }',
  });
  const at = (specifier: string) => resolveImport(repo, { dir: 'web' }, 'web/a.ts', specifier);
  expect(at('@acme/ui')).toBe('packages/ui/src/index.ts');
  expect(at('@acme/ui/button')).toBe('packages/ui/button.tsx');
  expect(at('@acme/ui-kit')).toBeUndefined();
});

test('requestsOf lists what is asked of other modules, without types', () => {
  const repo = repoOf({
    'a.tsx': `import def, { one as uno, type T } from './one';
import * as all from './all';
import type { U } from './types';
import './side.css';
export { two as zwei } from './two';
export * from './three';
export type { V } from './types';
const Late = dynamic(() => import('./late'));
const old = require('./old');
// import('./comment')
export default def;
`,
  });
  expect(requestsOf(repo.module('a.tsx'))).toEqual([
    { specifier: './one', name: 'default', local: 'def' },
    { specifier: './one', name: 'one', local: 'uno' },
    { specifier: './all', name: '*', local: 'all' },
    { specifier: './side.css', name: '*' },
    { specifier: './two', name: 'two', exportedAs: 'zwei' },
    { specifier: './three', name: '*', exportedAs: '*' },
    { specifier: './late', name: '*' },
    { specifier: './old', name: '*' },
  ]);
});

describe('importersOf', () => {
  const repo = repoOf({
    'tsconfig.json': ALIAS,
    'lib/limiter.ts': 'export const limit = 1;',
    'lib/index.ts': "export { limit } from './limiter';",
    'lib/near.ts': "import { limit } from '.';",
    'app/page.tsx': "import { limit as l } from '@/lib/limiter';",
    'app/late.ts': "const m = () => import('../lib/limiter');",
    'app/talk.ts': "// the limiter lives in '../lib/limiter'\nexport const text = 'limiter';",
    'app/other.ts': "import { limit } from './limiter';",
    'app/limiter.ts': 'export const limit = 2;',
    'app/type.ts': "import type { Limit } from '../lib/limiter';",
    'app/broken.ts': "import { limit } from '../lib/limiter'; const = ;",
    'app/barrel.ts': "import { limit } from '../lib';",
  });

  test('names the files and what they take, whatever way they write it', () => {
    expect(importersOf(repo, scopeOf(repo), 'lib/limiter.ts')).toEqual([
      { path: 'app/late.ts', specifier: '../lib/limiter', name: '*' },
      { path: 'app/page.tsx', specifier: '@/lib/limiter', name: 'limit', local: 'l' },
      { path: 'lib/index.ts', specifier: './limiter', name: 'limit', exportedAs: 'limit' },
    ]);
  });

  test('finds those of an index file by its folder or by dots', () => {
    expect(importersOf(repo, scopeOf(repo), 'lib/index.ts').map(({ path }) => path)).toEqual([
      'app/barrel.ts',
      'lib/near.ts',
    ]);
  });

  test('is empty for a file that nothing imports', () => {
    expect(importersOf(repo, scopeOf(repo), 'app/page.tsx')).toEqual([]);
  });

  test('parses only files that name the file', () => {
    const fresh = createRepo(
      memorySource({ 'a/limit.ts': '', 'b/limit.ts': '', 'b/use.ts': "import './limit';" }),
    );
    expect(importersOf(fresh, scopeOf(fresh), 'a/limit.ts')).toEqual([]);
    expect(fresh.counts.parses).toBe(0);
  });
});

test('reachableFrom follows imports to the end, through cycles and files that do not parse', () => {
  const repo = repoOf({
    'tsconfig.json': ALIAS,
    'app/page.tsx': "import { Nav } from '@/ui/nav';\nimport 'react';",
    'ui/nav.tsx': "import { a } from './a';\nimport './nav.css';",
    'ui/nav.css': "@import './not-followed';",
    'ui/a.ts': "import { b } from './b';",
    'ui/b.ts': "import { a } from './a';\nexport * from './broken';",
    'ui/broken.ts': "import './unseen'; const = ;",
    'ui/unseen.ts': '',
    'ui/alone.ts': "import { a } from './a';",
  });
  expect([...reachableFrom(repo, scopeOf(repo), ['app/page.tsx'])].sort()).toEqual([
    'app/page.tsx',
    'ui/a.ts',
    'ui/b.ts',
    'ui/broken.ts',
    'ui/nav.css',
    'ui/nav.tsx',
  ]);
});

describe('specifierFor', () => {
  const files = {
    'web/tsconfig.json': ALIAS,
    'web/app/layout.tsx': '',
    'web/app/(app)/page.tsx': '',
    'web/components/Providers.tsx': '',
    'web/components/nav/index.tsx': '',
  };
  const at = (from: string, to: string, extra: Readonly<Record<string, string>> = {}) => {
    const repo = repoOf({ ...files, ...extra });
    return specifierFor(repo, scopeOf(repo, 'web'), from, to);
  };
  const used = { 'web/lib/a.ts': 'import x from "@/lib/x";' };

  test('is the alias where the files use it', () => {
    expect(at('web/app/layout.tsx', 'web/components/Providers.tsx', used)).toBe('@/components/Providers');
    expect(at('web/app/layout.tsx', 'web/components/nav/index.tsx', used)).toBe('@/components/nav');
  });

  test('is relative where nobody uses the alias, or it does not lead there', () => {
    expect(at('web/app/layout.tsx', 'web/components/Providers.tsx')).toBe('../components/Providers');
    expect(at('web/app/(app)/page.tsx', 'web/components/Providers.tsx')).toBe('../../components/Providers');
    expect(at('web/app/layout.tsx', 'web/app/nav.tsx')).toBe('./nav');
    expect(at('web/app/layout.tsx', 'ui/nav.tsx', used)).toBe('../../ui/nav');
  });
});
