import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { findingsIn, fixIn } from '../../test/harness/verbs.ts';
import gap from './index.ts';
import { limitOptions } from './sizes.ts';

const APP = {
  'deploy.sh': '#!/bin/sh\ndocker compose -f compose.prod.yml up -d --build\n',
  'frontend/package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'frontend/app/page.tsx': 'export default () => null;\n',
};
const FRONTEND = '  frontend:\n    build: frontend\n    restart: always\n';

/** What the change says of the stack once its limits are written. */
function said(services: string) {
  const repo = createRepo(memorySource({ ...APP, 'compose.prod.yml': `services:\n${services}` }));
  return fixIn(gap, repo, findingsIn(gap, repo), limitOptions(z).parse({})).alsoChanges;
}

test('the limits are added up with those that are written, and what has none is named', () => {
  const others =
    '  nginx:\n    image: nginx\n    restart: always\n  redis:\n    image: redis\n    mem_limit: 256m\n';
  expect(said(FRONTEND + others)).toEqual([
    'The limits of compose.prod.yml add up to 2 CPUs and 2.25 GiB; nginx may use all memory that is left.',
  ]);
});

test('a limit that is there already counts as it is', () => {
  expect(said(`${FRONTEND}    mem_limit: 1g\n`)).toEqual([
    'The limits of compose.prod.yml add up to 2 CPUs and 1 GiB; every service has its limit.',
  ]);
});

test('nothing is said where nothing is written', () => {
  expect(said('  nginx:\n    image: nginx\n')).toEqual(undefined);
});
