import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

const AIMS = fileURLToPath(new URL('../../test/fixtures/aims/', import.meta.url));

/** What this gap reads and writes of the sample. */
const SAMPLE: Tree = Object.fromEntries(
  [
    '.gitignore',
    'deploy.sh',
    'cloudbuild.yaml',
    'infra/docker-compose.prod.yml',
    'infra/.env.production.example',
    'frontend/.dockerignore',
    'frontend/.env.example',
    'frontend/Dockerfile',
    'frontend/package.json',
    'frontend/tsconfig.json',
    'frontend/lib/auth.ts',
    'frontend/lib/utils.ts',
    'frontend/app/(auth)/sign-in/page.tsx',
    'frontend/app/(auth)/sign-up/page.tsx',
    'frontend/app/api/auth/[...nextauth]/route.ts',
    'frontend/app/api/admin/api-keys/route.ts',
    'frontend/app/dashboard/page.tsx',
    'frontend/app/dashboard/settings/page.tsx',
    'frontend/app/onboarding/[step]/page.tsx',
    'frontend/components/OwnerGate.tsx',
  ].map((path) => [path, readFileSync(AIMS + path, 'utf8')]),
);
const OPEN = ['no-user-store', 'any-password', 'inert-form', 'inert-form', 'inert-form'];

const TEMPLATES = fileURLToPath(new URL('../../templates/gap-004-user-database/', import.meta.url));

/** The sample after somebody did by hand what an auth file of an unknown shape asks for. */
const WIRED: Tree = {
  ...SAMPLE,
  ...Object.fromEntries(
    readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
      .filter((path) => /frontend\/(lib|app)\/.*\.ts$/.test(path) && !/after|google/.test(path))
      .map((path) => [path, readFileSync(TEMPLATES + path, 'utf8')]),
  ),
  'frontend/lib/auth.ts': `import type { NextAuthOptions } from 'next-auth';
import { verifyCredentials } from '@/lib/auth-users';
export const isOwnerEmail = () => false;
export const authOptions: NextAuthOptions = {
  providers: [Credentials({ authorize: (credentials, request) => verifyCredentials(credentials, request, isOwnerEmail) })],
};
`,
  'frontend/Dockerfile':
    'FROM node:20\nWORKDIR /app\nENV AIMS_DB_PATH=/app/data/users.db\nRUN mkdir data && chown node /app/data\nUSER node\nCMD ["node"]\n',
  'infra/docker-compose.prod.yml':
    'services:\n  frontend:\n    build: ../frontend\n    volumes:\n      - users:/app/data\nvolumes:\n  users:\n',
};

/** The sample with one of its files changed. */
function sampleWith(path: string, change: (text: string) => string): Tree {
  const changed = change(SAMPLE[path] ?? '');
  if (changed === SAMPLE[path]) throw new Error(`nothing changed in ${path}`);
  return { ...SAMPLE, [path]: changed };
}

testGap(gap, import.meta.url, {
  'the sample keeps nobody': { files: SAMPLE, open: OPEN },
  'an app under src writes double quotes, four blanks and controlled fields': {
    fixture: 'under-src',
    open: OPEN,
  },
  'sign-in asks the database and the forms are inert still': {
    files: WIRED,
    open: ['inert-form', 'inert-form', 'inert-form'],
  },
  'the callbacks do more than they have to': {
    files: sampleWith('frontend/lib/auth.ts', (text) =>
      text.replace('if (!user) return token;', 'if (!user) return withPlan(token);'),
    ),
    open: OPEN,
    manual: true,
  },
  'somebody has begun on a database': {
    files: { ...SAMPLE, 'frontend/lib/db/index.ts': 'export const db = undefined;\n' },
    open: OPEN,
    manual: true,
  },
  'sign-in stands in a form with a handler of its own': {
    files: sampleWith('frontend/app/(auth)/sign-in/page.tsx', (text) =>
      text
        .replace('<div className="space-y-4">', '<form className="space-y-4">')
        .replace('</div>\n      )}\n\n      <p', '</form>\n      )}\n\n      <p'),
    ),
    open: OPEN,
    manual: true,
  },
  'sign-up goes on in more than one way': {
    files: sampleWith('frontend/app/(auth)/sign-up/page.tsx', (text) =>
      text.replace(
        'router.push("/onboarding/welcome");',
        'if (step) router.push("/a");\n    else router.push("/b");',
      ),
    ),
    open: OPEN,
    manual: true,
  },
  'settings take their values from a state': {
    files: sampleWith('frontend/app/dashboard/settings/page.tsx', (text) =>
      text.replace('defaultValue="Ada"', 'value={name} onChange={(event) => setName(event.target.value)}'),
    ),
    open: OPEN,
    manual: true,
  },
  'another provider lets people in too': {
    files: sampleWith('frontend/lib/auth.ts', (text) =>
      text.replace('next-auth/providers/google', 'next-auth/providers/github'),
    ),
    open: OPEN,
    manual: true,
  },
});
