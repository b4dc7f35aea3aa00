import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const page = 'export default function Page() { return <Nav />; }\n';
const nav = 'export function Nav() { return <nav>Home</nav>; }\n';
const test = `import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Nav } from '../components/Nav';
test('shows where home is', () => {
  render(<Nav />);
  expect(screen.getByText('Home')).toBeTruthy();
});
`;

interface Manifest {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dev?: readonly string[];
  readonly dependencies?: readonly string[];
}

function home(files: Tree): Tree {
  const isElsewhere = Object.keys(files).some((path) => /^(src\/app|pages)\//.test(path));
  return isElsewhere ? {} : { 'app/page.tsx': page };
}

function app(
  { name = 'web', scripts = {}, dev = [], dependencies = [] }: Manifest,
  files: Tree,
  dir = '',
): Tree {
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, '1.0.0']));
  const manifest = {
    name,
    scripts,
    dependencies: versions(['next', 'react', ...dependencies]),
    devDependencies: versions(dev),
  };
  const all: Tree = {
    'package.json': JSON.stringify(manifest),
    ...home(files),
    'components/Nav.tsx': nav,
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [dir + path, text]));
}

const vitest: Manifest = { scripts: { test: 'vitest run' }, dev: ['vitest', '@testing-library/react'] };

/** A package whose own component is tested. */
const tested: Tree = {
  'packages/ui/package.json':
    '{ "name": "@acme/ui", "scripts": { "test": "vitest" }, "devDependencies": { "vitest": "3" } }',
  'packages/ui/src/Nav.tsx': nav,
  'packages/ui/src/Nav.test.tsx': test.replace('../components', '.'),
};
/** A package of tests that drive a browser. */
const driving: Tree = {
  'packages/e2e/package.json':
    '{ "name": "e2e", "scripts": { "test": "playwright test" }, "devDependencies": { "@playwright/test": "1" } }',
  'packages/e2e/login.spec.ts':
    "import { expect, test } from '@playwright/test';\ntest('logs in', async ({ page }) => {\n  await page.goto('/');\n  await expect(page).toHaveTitle('Shop');\n});\n",
};

testGap(gap, import.meta.url, {
  'no runner, no script, no test': {
    files: app({ scripts: { dev: 'next dev' } }, {}),
    open: ['no-tests', 'no-test-runner', 'no-test-script'],
    manual: true,
  },
  'a configuration without tests': {
    files: app(vitest, { 'vitest.config.ts': 'export default {};\n' }),
    open: ['no-tests'],
    manual: true,
  },
  'the test script that npm init writes': {
    files: app(
      { scripts: { test: 'echo "Error: no vitest specified" && exit 1' }, dev: ['vitest'] },
      { '__tests__/Nav.test.tsx': test },
    ),
    open: ['no-test-script'],
    manual: true,
  },
  'tests of another package': {
    files: {
      ...app({}, {}, 'frontend/'),
      'gateway/package.json':
        '{ "name": "gateway", "scripts": { "test": "jest" }, "devDependencies": { "jest": "29" } }',
      'gateway/src/__tests__/db.test.ts':
        "import { db } from '../db';\ntest('is open', () => expect(db.open).toBe(1));\n",
    },
    open: ['no-tests', 'no-test-runner', 'no-test-script'],
    manual: true,
  },
  'a test that expects true of true': {
    files: app(vitest, {
      'a.test.ts': "import { test } from 'vitest';\ntest('works', () => expect(true).toBe(true));\n",
    }),
    open: ['empty-tests'],
    manual: true,
  },
  'a test that is commented out': {
    files: app(vitest, { 'components/Nav.test.tsx': `/*\n${test}*/\n` }),
    open: ['empty-tests'],
    manual: true,
  },
  'tests of functions only': {
    files: app(vitest, {
      'lib/sum.test.ts': "import { sum } from './sum';\ntest('adds', () => expect(sum(1, 2)).toBe(3));\n",
    }),
    open: ['no-component-tests'],
    manual: true,
  },
  'end-to-end tests only': {
    files: app(
      { scripts: { test: 'playwright test' }, dev: ['@playwright/test'] },
      {
        'e2e/home.spec.ts': `import { expect, test } from '@playwright/test';
test('home', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Home')).toBeVisible();
});
`,
      },
    ),
    open: ['no-component-tests'],
    manual: true,
  },
  'Vitest with Testing Library': {
    files: app(vitest, { '__tests__/Nav.test.tsx': test }),
    closed: true,
    notes: ['few-tests'],
  },
  'Jest in JavaScript, from src': {
    files: app(
      { scripts: { test: 'npm run test:unit', 'test:unit': 'jest --ci' }, dev: ['jest'] },
      {
        'src/app/page.jsx': page,
        'src/components/Card.jsx': nav,
        'src/components/Card.test.jsx': test
          .replace("import { expect, test } from 'vitest';\n", '')
          .replace('../components/Nav', './Card'),
      },
    ),
    closed: true,
  },
  'Playwright component tests': {
    files: app(
      {
        scripts: { 'test-ct': 'playwright test -c playwright-ct.config.ts' },
        dev: ['@playwright/experimental-ct-react'],
      },
      {
        'tests/Nav.spec.tsx': `import { expect, test } from '@playwright/experimental-ct-react';
import { Nav } from '../components/Nav';
test('shows home', async ({ mount }) => {
  const component = await mount(<Nav />);
  await expect(component).toContainText('Home');
});
`,
      },
    ),
    closed: true,
  },
  'Cypress component tests': {
    files: app(
      { scripts: { test: 'cypress run --component' }, dev: ['cypress'] },
      {
        'components/Nav.cy.jsx':
          "import { Nav } from './Nav';\nit('shows home', () => {\n  cy.mount(<Nav />);\n  cy.contains('Home').should('be.visible');\n});\n",
      },
    ),
    closed: true,
  },
  'node:test with server rendering': {
    files: app(
      { scripts: { test: 'node --import tsx --test' } },
      {
        'components/Nav.test.tsx': `import assert from 'node:assert';
import { test } from 'node:test';
import { renderToString } from 'react-dom/server';
import { Nav } from './Nav';
test('shows home', () => assert.match(renderToString(<Nav />), /Home/));
`,
      },
    ),
    closed: true,
  },
  'the runner stands at the root of a monorepo': {
    files: {
      'package.json':
        '{ "private": true, "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "3" } }',
      ...app({}, { 'components/Nav.test.tsx': test.replace('../components', '.') }, 'apps/web/'),
    },
    closed: true,
  },
  'the components stand in a tested package of the monorepo': {
    files: {
      'apps/web/package.json': '{ "name": "web", "dependencies": { "next": "1.0.0", "@acme/ui": "1.0.0" } }',
      'apps/web/app/page.tsx': page,
      ...tested,
    },
    closed: true,
  },
  'an app with components of its own stands beside a tested package': {
    files: { ...app({ dependencies: ['@acme/ui'] }, {}, 'apps/web/'), ...tested },
    open: ['no-tests'],
    manual: true,
  },
  'a package of tests drives the only app in a browser': {
    files: { ...app({}, {}, 'apps/web/'), ...driving },
    open: ['no-component-tests'],
    manual: true,
  },
  'a package of tests drives one of two apps': {
    files: {
      ...app({}, {}, 'apps/web/'),
      ...app({ name: 'docs' }, {}, 'apps/docs/'),
      ...driving,
      'packages/e2e/playwright.config.ts':
        "export default { webServer: { command: 'npm run dev', cwd: '../../apps/web' } };\n",
    },
    open: ['no-tests', 'no-test-runner', 'no-test-script', 'no-component-tests'],
    manual: true,
  },
  'a script prepares the database of the tests': {
    files: app(
      { scripts: { test: 'turbo run test', 'test:db:setup': 'node scripts/set-up.mjs' }, dev: ['vitest'] },
      {
        'scripts/set-up.mjs':
          "import pg from 'pg';\nif (!process.env.URL) throw new Error('URL is not set');\n",
      },
    ),
    open: ['no-tests'],
    manual: true,
  },
  'hooks alone are rendered': {
    files: app(vitest, {
      'hooks/useCount.test.tsx':
        "import { renderHook } from '@testing-library/react';\nimport { expect, test } from 'vitest';\nimport { useCount } from './useCount';\ntest('counts', () => expect(renderHook(() => useCount()).result.current).toBe(0));\n",
    }),
    open: ['no-component-tests'],
    manual: true,
  },
  'a helper renders what the test looks at': {
    files: app(vitest, {
      'components/Nav.test.tsx':
        "import { screen } from '@testing-library/react';\nimport { expect, test } from 'vitest';\nimport { setUp } from './set-up';\ntest.each([1, 2])('greets', () => {\n  setUp();\n  expect(screen.getByText('Home')).toBeTruthy();\n});\n",
    }),
    closed: true,
  },
  'functions of a package are tested, and nothing of the app': {
    files: {
      ...app({ ...vitest, dependencies: ['@acme/tax'] }, {}, 'apps/web/'),
      'packages/tax/package.json': '{ "name": "@acme/tax" }',
      'packages/tax/src/sum.test.ts':
        "import { sum } from './sum';\ntest('adds', () => expect(sum(1, 2)).toBe(3));\n",
    },
    open: ['no-tests'],
    manual: true,
  },
  'Deno tests functions, mails are rendered, and a route is called like tests': {
    files: {
      ...app(
        { scripts: { test: 'deno test -A' }, dependencies: ['@acme/emails'] },
        {
          'app/api/tests/route.ts':
            "import { run } from '../../../lib/run';\nexport const GET = () => it(run(expect(1)));\n",
          'lib/sum.test.ts': "import { sum } from './sum';\ntest('adds', () => expect(sum(1, 2)).toBe(3));\n",
        },
        'apps/web/',
      ),
      'packages/emails/package.json': '{ "name": "@acme/emails" }',
      'packages/emails/src/hello.test.tsx':
        "import { render } from '@react-email/render';\nimport { Hello } from './hello';\ntest('greets', async () => expect(await render(<Hello />)).toMatch(/Hello/));\n",
    },
    open: ['no-component-tests'],
    manual: true,
  },
  'a browser is driven, and what it should show is checked by page objects': {
    files: app(
      { scripts: { test: 'playwright test' }, dev: ['@playwright/test'] },
      {
        'tests/e2e/login.spec.ts':
          "import { test } from './fixtures';\ntest('logs in', async ({ loginPage }) => {\n  await loginPage.open();\n  await loginPage.isLoggedIn();\n});\n",
      },
    ),
    open: ['no-component-tests'],
    manual: true,
  },
  'no front end': {
    files: { 'package.json': '{ "name": "api" }', 'index.test.js': test },
    notApplicable: true,
  },
});
