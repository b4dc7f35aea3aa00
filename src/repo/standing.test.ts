import { describe, expect, it } from 'vitest';
import { type Standing, standingOf } from './standing.ts';

const PATHS: Readonly<Record<Standing, readonly string[]>> = {
  product: [
    'frontend/lib/users.ts',
    'app/api/test/route.ts',
    'app/tests/page.tsx',
    'app/docs/page.tsx',
    'app/(shop)/examples/[id]/layout.tsx',
    'pages/test.tsx',
    'pages/scripts/index.tsx',
    'src/tools/search.ts',
    'src/components/templates/card.tsx',
    'web/src/features/evals/server/router.ts',
    'src/build/plan.ts',
    'charts/app/templates/deployment.yaml',
    'nginx/templates/default.conf.template',
    'backend/templates/mail/welcome.html',
    'auth.config.ts',
    'next.config.mjs',
    '.do/app.yaml',
    'website/package.json',
    'docker-compose.yml',
    'latest/contest.ts',
  ],
  test: [
    'lib/users.test.ts',
    'app/users/page.spec.tsx',
    'app/__tests__/page.tsx',
    'apps/api/test/app.e2e-spec.ts',
    'apps/api/tests/users.ts',
    'backend/app/tests/users.py',
    'backend/test_users.py',
    'server/users_test.go',
    'src/test/java/App.java',
    'src/mocks/handlers.ts',
    'app/fixtures/users.json',
    'e2e/docker-compose.yml',
    'evals/run.ts',
    'scripts/tests/deploy.sh',
  ],
  example: [
    'examples/next/app/page.tsx',
    'packages/create-app/templates/next/package.json',
    'templates/compose.yml',
    'docs-site/playground/app/page.tsx',
    'docs/examples/compose.yml',
    'docs/templates/incident.md',
    'src/button.stories.tsx',
    '.storybook/main.ts',
  ],
  docs: [
    'docs/architecture.md',
    'apps/docs/app/page.tsx',
    'docs/build/windows.md',
    'README.md',
    'infra/readme.de.md',
  ],
  tool: [
    'scripts/seed.ts',
    'src/scripts/seed.ts',
    'tools/release/index.js',
    '.github/workflows/ci.yml',
    '.devcontainer/docker-compose.yml',
    'vitest.config.mts',
    'web/jest.e2e.config.js',
  ],
  generated: [
    'node_modules/next/package.json',
    'web/.next/server/page.js',
    'src/generated/prisma/index.ts',
    'dist/index.js',
    'public/app.min.js',
    'src/routes.gen.ts',
    'vendor/lib/test/x.js',
  ],
};

describe('what a path says of its file', () => {
  for (const [standing, paths] of Object.entries(PATHS))
    for (const path of paths)
      it(`${path}: ${standing}`, () => {
        expect(standingOf(path)).toBe(standing);
      });
});
