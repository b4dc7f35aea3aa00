import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const AIMS = fileURLToPath(new URL('../../test/fixtures/aims/', import.meta.url));
const TEMPLATES = fileURLToPath(new URL('../../templates/gap-004-user-database/', import.meta.url));
const ROUTES = 'frontend/app/api';

function sample(...paths: readonly string[]): Tree {
  return Object.fromEntries(paths.map((path) => [path, readFileSync(AIMS + path, 'utf8')]));
}

/** What the sample has around its routes. */
const AROUND: Tree = {
  ...sample(
    'frontend/package.json',
    'frontend/tsconfig.json',
    'frontend/middleware.ts',
    'frontend/lib/api-proxy.ts',
    'frontend/lib/auth.ts',
    'frontend/lib/security/validation.ts',
    'frontend/app/layout.tsx',
    'frontend/app/(auth)/sign-in/page.tsx',
    'frontend/app/api/auth/[...nextauth]/route.ts',
    'frontend/app/dashboard/page.tsx',
    'frontend/app/dashboard/make-it-mine/diy/page.tsx',
    'backend/uef-gateway/src/index.ts',
  ),
};
/** What closing the users' gap leaves. */
const USERS: Tree = Object.fromEntries(
  readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
    .filter((path) => /frontend\/(components|hooks|lib)\/.*\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(TEMPLATES + path, 'utf8')]),
);
const NAMED: Tree = sample(
  `${ROUTES}/deploy/route.ts`,
  `${ROUTES}/boomerangs/route.ts`,
  `${ROUTES}/admin/api-keys/route.ts`,
  `${ROUTES}/invite/route.ts`,
  `${ROUTES}/acheevy/diy/route.ts`,
  `${ROUTES}/make-it-mine/route.ts`,
);
const OPEN = [
  'no-authentication',
  'hides-upstream-failure',
  'leaks-secret',
  'no-authentication',
  'cached-upstream',
  'hides-upstream-failure',
  'body-first',
  'no-validation',
  'no-authentication',
  'no-validation',
  'no-invitation-record',
  'body-first',
  'no-validation',
  'unescaped-query',
  'waits-forever',
  'waits-forever',
  'waits-forever',
  'waits-forever',
];

testGap(gap, import.meta.url, {
  'the sample keeps users, and its routes take what comes': {
    files: { ...AROUND, ...USERS, ...NAMED },
    open: OPEN,
  },
});
