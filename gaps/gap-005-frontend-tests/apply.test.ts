import { readdirSync, readFileSync } from 'node:fs';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { WIRED } from '../gap-004-user-database/testing/sample.ts';
import gap from './index.ts';

const ROOT = new URL('../../', import.meta.url);
const aims = (path: string) => readFileSync(new URL(`test/fixtures/aims/${path}`, ROOT), 'utf8');
const FORM = 'frontend/components/auth/SignInForm.tsx';
const SIGN_IN = 'frontend/app/(auth)/sign-in/page.tsx';

/** Files of the templates, as another gap leaves them. */
function templates(folder: string, which: RegExp, at = ''): Tree {
  const root = new URL(`templates/${folder}/`, ROOT);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => which.test(path));
  return Object.fromEntries(
    paths
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => [at + path, readFileSync(new URL(path, root), 'utf8')]),
  );
}

/** The sample once it keeps users, resets passwords and tracks errors. */
const SAMPLE: Tree = {
  ...WIRED,
  ...Object.fromEntries(
    [
      'cloudbuild.yaml',
      'frontend/app/api/health/route.ts',
      'frontend/app/api/luc/route.ts',
      'frontend/lib/luc/server-storage.ts',
      'frontend/app/dashboard/chat/page.tsx',
      'frontend/components/chat/ChatInterface.tsx',
      'frontend/hooks/useStreamingChat.ts',
    ].map((path) => [path, aims(path)]),
  ),
  ...templates('gap-007-error-tracking', /^frontend\/lib\//),
  ...templates('gap-008-password-recovery', /^frontend\/(lib|app\/api)\//),
  ...templates('gap-004-user-database', /google-sign-in|\/SignInForm/),
  ...templates('test/stubs', /^lib\/auth\.ts$/, 'frontend/'),
  [SIGN_IN]: `import SignInForm from '@/components/auth/SignInForm';\nexport default function Page() {\n  return <SignInForm>…</SignInForm>;\n}\n`,
};
const UNTESTED = Array.from({ length: 5 }, () => 'untested');
const OPEN = ['no-tests', 'no-test-runner', 'no-test-script'];
const { 'cloudbuild.yaml': _ci, ...WITHOUT_CI } = SAMPLE;

/** The sample as it is before anybody keeps users. */
const { [FORM]: _form, ...WITHOUT_FORM } = SAMPLE;
const WITHOUT_USERS: Tree = {
  ...Object.fromEntries(
    Object.entries(WITHOUT_FORM).filter(
      ([path]) => !/\/lib\/(db|auth|sign|mail|error)|\/api\/(auth|profile)\//.test(path),
    ),
  ),
  [SIGN_IN]: aims(SIGN_IN),
};

/** The sample with tests of the chat alone, run as this gap runs them. */
const template = (path: string) =>
  readFileSync(new URL(`templates/gap-005-frontend-tests/frontend/${path}`, ROOT), 'utf8');
const tested = (config: string, dev: Readonly<Record<string, string>>): Tree => ({
  ...WITHOUT_CI,
  [`frontend/${config}`]: config === 'vitest.config.mts' ? template(config) : 'module.exports = {};\n',
  'frontend/__tests__/components/acheevy-chat.test.tsx': template(
    '__tests__/components/acheevy-chat.test.tsx',
  ),
  'frontend/package.json': JSON.stringify({
    name: 'aims-frontend',
    scripts: { test: Object.keys(dev).join() },
    dependencies: { next: '14.0.4', react: '^18' },
    devDependencies: dev,
  }),
});

const workflow = (jobs: string) => ({
  ...WITHOUT_CI,
  '.github/workflows/ci.yml': `name: CI\non: push\njobs:\n${jobs}`,
});

testGap(gap, import.meta.url, {
  'the sample keeps users and has no test': { files: SAMPLE, open: OPEN },
  'nobody signs in yet': { files: WITHOUT_USERS, open: OPEN },
  'the sign-in page hands nothing on yet': { files: { ...SAMPLE, [SIGN_IN]: aims(SIGN_IN) }, open: OPEN },
  'nothing that the tests know is there': {
    files: Object.fromEntries(
      Object.entries(WITHOUT_USERS).filter(([path]) => !/\/(chat|health|luc)\//.test(path)),
    ),
    open: OPEN,
    manual: true,
  },
  'something else stands where a test would go': {
    files: { ...SAMPLE, 'frontend/vitest.setup.ts': 'export {};\n' },
    open: OPEN,
    manual: true,
  },
  'accounts came after the tests': {
    files: tested('vitest.config.mts', { vitest: '^4' }),
    open: UNTESTED,
  },
  'accounts came after tests with Jest': {
    files: tested('jest.config.js', { jest: '^30' }),
    open: UNTESTED,
    manual: true,
  },
  'the tests of an account route stand where another test would go': {
    files: {
      ...tested('vitest.config.mts', { vitest: '^4' }),
      'frontend/__tests__/api/register.test.ts':
        "import { expect, test } from 'vitest';\nimport { sum } from '@/lib/utils';\ntest('adds', () => expect(sum(1, 2)).toBe(3));\n",
    },
    open: UNTESTED,
    manual: true,
  },
  'a workflow builds nothing': { files: workflow('  noop: {}\n'), open: OPEN },
  'a workflow builds it in one step': {
    files: workflow(`  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: npm ci
        working-directory: frontend
      - name: Build the frontend
        working-directory: ./frontend
        env:
          NEXT_TELEMETRY_DISABLED: '1'
        run: npm run build
      - run: npm run build
        working-directory: backend
`),
    open: OPEN,
  },
});
