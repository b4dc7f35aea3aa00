import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { firstReached, reachedThat } from './reach.ts';

const SCOPE = { dir: '' };
const FILES = {
  'app/page.tsx': `import { Nav } from '../ui/nav';
import type { Plan } from '../lib/plan';
// import { charge } from '../lib/charge';
const Late = dynamic(() => import(
  /* webpackChunkName: "late" */
  /* webpackMode: "lazy" */
  '../ui/late'
));
const open = { 'import': () => import('../ui/listed') };
const more = require('../ui/ещё');
`,
  'ui/nav.tsx': "export * from './link';",
  'ui/link.tsx': "import './page';",
  'ui/late.tsx': '',
  'ui/listed.tsx': '',
  'ui/ещё.tsx': '',
  'lib/plan.ts': 'export interface Plan {}',
  'lib/charge.ts': '',
  'lib/alone.ts': '',
};

function reached(passing: readonly string[]) {
  const repo = createRepo(memorySource(FILES));
  const found = reachedThat(repo, SCOPE, ['app/page.tsx'], (path) => passing.includes(path));
  return { found, parses: repo.counts.parses };
}

test.each(['app/page.tsx', 'ui/link.tsx', 'ui/late.tsx', 'ui/listed.tsx', 'ui/ещё.tsx'])(
  'finds %s, however it is imported',
  (path) => {
    expect(reached([path]).found).toEqual([path]);
  },
);

test('parses nothing where no file that passes is named', () => {
  expect(reached(['lib/alone.ts'])).toEqual({ found: [], parses: 0 });
});

test('leaves out what is imported for its types, or no longer', () => {
  expect(reached(['lib/plan.ts', 'lib/charge.ts']).found).toEqual([]);
});

test('parses the files on the way alone', () => {
  expect(reached(['ui/link.tsx'])).toEqual({ found: ['ui/link.tsx'], parses: 2 });
});

test('stops at the first', () => {
  const repo = createRepo(memorySource(FILES));
  expect(firstReached(repo, SCOPE, ['app/page.tsx'], () => true)).toBe('app/page.tsx');
  expect(firstReached(repo, SCOPE, ['app/page.tsx'], (path) => path === 'lib/plan.ts')).toBeUndefined();
});
