import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { deploymentsOf } from './deployments.ts';

const kinds = (files: Record<string, string>) =>
  deploymentsOf(createRepo(memorySource(files))).map(({ path, kind }) => `${kind} ${path}`);

test.each<[string, Record<string, string>, string[]]>([
  ['nothing', { 'package.json': '{}' }, []],
  [
    'a stack that a script starts',
    {
      'deploy.sh': 'docker compose -f infra/docker-compose.prod.yml up -d\n',
      'infra/docker-compose.prod.yml': 'services: {}\n',
    },
    ['compose infra/docker-compose.prod.yml', 'script deploy.sh'],
  ],
  ['a stack for developers', { 'docker-compose.yml': 'services: {}\n' }, []],
  ['a platform', { 'apps/web/vercel.json': '{}' }, ['platform apps/web/vercel.json']],
  ['a platform of an example', { 'examples/a/vercel.json': '{}' }, []],
  [
    'a database on a platform',
    { 'apps/redis/fly.toml': 'app = "cache"\n[[services]]\n  internal_port = 6379\n' },
    [],
  ],
  ['a workflow for the blog', { '.github/workflows/cd.yml': 'name: Deploy blog\n' }, []],
  ['a script that only prints', { 'deploy.sh': '# docker compose up\necho deploy\n' }, []],
  [
    'a workflow',
    { '.github/workflows/cd.yml': 'name: Deploy production\n' },
    ['workflow .github/workflows/cd.yml'],
  ],
  [
    'a stack in a folder for that',
    { 'deployments/cli/docker-compose.yml': 'services: {}\n', 'docker-compose.yml': 'services: {}\n' },
    ['compose deployments/cli/docker-compose.yml'],
  ],
  ['a workflow for a blog', { '.github/workflows/blog.yml': 'name: Deploy blog\n' }, []],
  [
    'a workflow that builds an image',
    { '.github/workflows/docker.yml': 'name: Release to Docker\n' },
    ['workflow .github/workflows/docker.yml'],
  ],
  ['a workflow for the documentation', { '.github/workflows/cd.yml': 'name: Deploy docs\n' }, []],
])('%s', (_, files, found) => expect(kinds(files)).toEqual(found));
