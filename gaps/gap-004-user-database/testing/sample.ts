import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Tree } from '../../../test/harness/trees.ts';

const AIMS = fileURLToPath(new URL('../../../test/fixtures/aims/', import.meta.url));

/** What this gap reads and writes of the sample. */
export const SAMPLE: Tree = Object.fromEntries(
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
    'frontend/lib/api-proxy.ts',
    'frontend/lib/utils.ts',
    'frontend/app/layout.tsx',
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
export const OPEN = [
  'no-user-store',
  'any-password',
  'inert-form',
  'inert-form',
  'inert-form',
  'blank-environment',
];

const TEMPLATES = fileURLToPath(new URL('../../../templates/gap-004-user-database/', import.meta.url));

/** The sample after somebody did by hand what an auth file of an unknown shape asks for. */
export const WIRED: Tree = {
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
    'FROM node:20\nWORKDIR /app\nENV USERS_DB_PATH=/app/data/users.db\nRUN mkdir data && chown node /app/data\nUSER node\nCMD ["node"]\n',
  'infra/docker-compose.prod.yml':
    'services:\n  frontend:\n    build: ../frontend\n    volumes:\n      - users:/app/data\nvolumes:\n  users:\n',
};

/** The sample with one of its files changed. */
export function sampleWith(path: string, change: (text: string) => string): Tree {
  const changed = change(SAMPLE[path] ?? '');
  if (changed === SAMPLE[path]) throw new Error(`nothing changed in ${path}`);
  return { ...SAMPLE, [path]: changed };
}
