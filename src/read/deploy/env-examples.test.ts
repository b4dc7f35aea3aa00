import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { envExamplesOf } from './env-examples.ts';

const app = (dir: string) => ({
  [`${dir}/package.json`]: '{ "dependencies": { "next": "14.0.4" } }',
  [`${dir}/app/page.tsx`]: 'export default function Page() { return null; }',
  [`${dir}/.env.example`]: 'A=\n',
});
const TREE = {
  ...app('apps/a'),
  ...app('apps/b'),
  'package.json': '{}',
  '.env.example': 'A=\n',
  'services/api/package.json': '{}',
  'services/api/.env.example': 'A=\n',
  'infra/.env.production.example': 'A=\n',
  'infra/.env.staging.example': 'A=\n',
  'infra/.env.example': 'A=\n',
  'infra/docker-compose.prod.yml':
    'services:\n  a:\n    build: ../apps/a\n    env_file: .env.production\n  b:\n    build: ../apps/b\n    env_file: .env.staging\n',
};
const PLAIN = 'docker compose -f infra/docker-compose.prod.yml up -d\n';

function said(script: string): readonly string[] {
  // As `--app apps/a` narrows it: the others are there all the same.
  const repo = createRepo(memorySource({ ...TREE, 'deploy.sh': script }), { apps: ['apps/a'] });
  const [only] = repo.layout.apps;
  if (only === undefined) throw new Error('the tree holds no app');
  return envExamplesOf(repo, only).map(
    ({ path, kind, reachesBuild }) => `${kind} ${path}${reachesBuild ? ' (build)' : ''}`,
  );
}

test("an app's own examples, those around it and those of its stack; no other app's", () => {
  expect(said(PLAIN)).toEqual([
    'around .env.example',
    'app apps/a/.env.example',
    'containers infra/.env.example (build)',
    'containers infra/.env.production.example',
  ]);
});

test('the env file that the script names reaches the build', () => {
  expect(said(PLAIN.replace('-f', '--env-file infra/.env.production -f'))).toEqual([
    'around .env.example',
    'app apps/a/.env.example',
    'containers infra/.env.production.example (build)',
  ]);
});
