import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

/** An app whose package.json has these scripts, with no test runner declared. */
function app(scripts: Readonly<Record<string, string>>, files: Tree): Tree {
  return {
    'package.json': JSON.stringify({ name: 'web', scripts, dependencies: { next: '15', react: '19' } }),
    'app/page.tsx': 'export default function Page() { return <p>page</p>; }\n',
    'lib/price.ts': 'export const price = (net: number) => net * 1.19;\n',
    ...files,
  };
}

/** An app with a runner and these files. */
const tested = (files: Tree) =>
  Object.fromEntries(
    Object.entries(app({ test: 'vitest run' }, files)).map(([path, text]) => [
      path,
      path === 'package.json' ? text.replace('"react"', '"vitest":"4","react"') : text,
    ]),
  );

const PLAIN = `import assert from 'node:assert/strict';
import { price } from '../lib/price';

assert.equal(price(100), 119);
console.log('ok');
`;

const HAND_MADE = `import { price } from '../lib/price';

let failed = 0;
function check(title: string, run: () => boolean) {
  if (!run()) failed += 1;
}

check('adds the tax', () => price(100) === 119);
check('of nothing is nothing', () => price(0) === 0);
if (failed > 0) process.exit(1);
`;

testGap(gap, import.meta.url, {
  'the test script runs a file as it is': {
    files: app({ test: 'tsx tests/price.test.ts' }, { 'tests/price.test.ts': PLAIN }),
    open: ['no-component-tests'],
    manual: true,
  },
  'the test script runs files one after the other, under any name': {
    files: app(
      { test: 'npm run check && node scripts/more.mjs', check: 'tsx checks/price.ts' },
      { 'checks/price.ts': HAND_MADE, 'scripts/more.mjs': PLAIN.replace('/price', '/price.ts') },
    ),
    open: ['no-component-tests'],
    manual: true,
  },
  'a runner of its own runs what it finds': {
    files: app(
      { test: 'node scripts/run.mjs' },
      {
        'scripts/run.mjs': `import { readdirSync } from 'node:fs';

for (const name of readdirSync('src')) if (name.endsWith('.check.ts')) await import(\`../src/\${name}\`);
if (process.exitCode) throw new Error('failed');
`,
        'src/price.check.ts': HAND_MADE,
      },
    ),
    open: ['no-component-tests'],
    manual: true,
  },
  'a shell script runs node:test with a component': {
    files: app(
      { test: './scripts/test.sh' },
      {
        'scripts/test.sh': '#!/bin/sh\nset -e\nnode --import tsx tests/page.ts\n',
        'tests/page.ts': `import assert from 'node:assert';
import test from 'node:test';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import Page from '../app/page';

test('shows the page', () => assert.match(renderToString(createElement(Page)), /page/));
`,
      },
    ),
    closed: true,
    notes: ['few-tests'],
  },
  'tests for the runner of Node, and a plain one, that no script runs': {
    files: app(
      {},
      {
        'tests/price.test.js':
          "import test from 'node:test';\nimport { price } from '../lib/price';\ntest('adds', () => price(1));\n",
        'tests/test-price.js': PLAIN,
        'tests/data.js': 'export const prices = [1, 2];\n',
      },
    ),
    open: ['no-component-tests', 'no-test-script'],
    manual: true,
  },
  'the test script checks types alone': {
    files: app({ test: 'tsc --noEmit && next lint' }, {}),
    open: ['no-tests', 'no-test-runner', 'no-test-script'],
    manual: true,
  },
  'tests that expect in words of their own are no empty ones': {
    files: tested({
      'a.test.ts': `import { strictEqual } from 'node:assert';
import { test } from 'vitest';
import { price } from './lib/price';

test('adds the tax', () => strictEqual(price(100), 119));
`,
      'b.test.ts': `import { test } from 'vitest';
import { holds } from './testing/holds';

test('adds the tax', () => holds(100));
`,
      'c.test.ts': `import { cases } from './testing/cases';

cases('prices', { hundred: 119 });
`,
      'd.test.tsx': `import { test } from 'vitest';
import Page from './app/page';

test('is made', () => void (<Page />));
`,
      '__tests__/helpers.ts': 'export const user = { name: "Ann" };\n',
      '__tests__/setup.ts': "import '@testing-library/jest-dom/vitest';\n",
    }),
    open: ['no-component-tests'],
    manual: true,
  },
  'tests that are to come are none': {
    files: tested({
      'a.test.ts': `import { describe, expect, test } from 'vitest';

describe('price', () => {
  test.todo('adds the tax');
  test('works', () => expect(1 + 1).toBe(2));
});
`,
      '__tests__/helpers.ts': 'export const user = { name: "Ann" };\n',
    }),
    open: ['empty-tests'],
    manual: true,
  },
});
