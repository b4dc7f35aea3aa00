import { readFileSync } from 'node:fs';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import { WIRED } from '../gap-004-user-database/testing/sample.ts';
import gap from './index.ts';

const PAGE = 'frontend/app/(auth)/forgot-password/page.tsx';
const page = readFileSync(new URL(`../../test/fixtures/aims/${PAGE}`, import.meta.url), 'utf8');
/** The sample once it keeps users. */
const SAMPLE: Tree = {
  ...WIRED,
  'frontend/components/auth/FormError.tsx': 'export default function FormError() {\n  return null;\n}\n',
  [PAGE]: page,
};
const OPEN = ['inert-form', 'no-request-handler', 'no-reset-handler', 'no-reset-page'];

testGap(gap, import.meta.url, {
  'the sample keeps users and lets nobody back in': { files: SAMPLE, open: OPEN },
  'something else stands where a file would go': {
    files: { ...SAMPLE, 'frontend/lib/password-mail.ts': 'export {};\n' },
    open: OPEN,
    manual: true,
  },
  'the form has a handler of its own': {
    files: { ...SAMPLE, [PAGE]: page.replace('<form ', '<form noValidate ') },
    open: OPEN,
    manual: true,
  },
});
