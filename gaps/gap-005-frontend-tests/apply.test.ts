import { readFileSync } from 'node:fs';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { WIRED } from '../gap-004-user-database/testing/sample.ts';
import gap from './index.ts';

const ROOT = new URL('../../', import.meta.url);
const aims = (path: string) => readFileSync(new URL(`test/fixtures/aims/${path}`, ROOT), 'utf8');
const FORM = 'frontend/components/auth/SignInForm.tsx';
const SIGN_IN = 'frontend/app/(auth)/sign-in/page.tsx';

/** The sample once it keeps users. */
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
  [FORM]: readFileSync(new URL(`templates/gap-004-user-database/${FORM}`, ROOT), 'utf8'),
  [SIGN_IN]: `import SignInForm from '@/components/auth/SignInForm';\nexport default function Page() {\n  return <SignInForm>…</SignInForm>;\n}\n`,
};
const OPEN = ['no-tests', 'no-test-runner', 'no-test-script'];
const { 'cloudbuild.yaml': CLOUD_BUILD = '', ...WITHOUT_CI } = SAMPLE;

testGap(gap, import.meta.url, {
  'the sample keeps users and has no test': { files: SAMPLE, open: OPEN },
  'nothing builds it': { files: WITHOUT_CI, open: OPEN },
  'a workflow builds it': {
    files: { ...WITHOUT_CI, '.github/workflows/ci.yml': 'on: push\njobs: {}\n' },
    open: OPEN,
  },
  'cloud build waits in another style': {
    files: {
      ...SAMPLE,
      'cloudbuild.yaml': CLOUD_BUILD.replace(
        "['frontend-build', 'backend-test']",
        "\n      - 'frontend-build'",
      ),
    },
    open: OPEN,
  },
  'the sign-in page hands nothing on yet': {
    files: { ...SAMPLE, [SIGN_IN]: aims(SIGN_IN) },
    open: OPEN,
    manual: true,
  },
  'something else stands where a test would go': {
    files: { ...SAMPLE, 'frontend/vitest.setup.ts': 'export {};\n' },
    open: OPEN,
    manual: true,
  },
});
