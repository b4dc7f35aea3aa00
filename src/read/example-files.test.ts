import { describe, expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { exampleFilesOf } from './example-files.ts';

const next = (dir: string) => ({
  [`${dir}package.json`]: '{ "dependencies": { "next": "15.4.0" } }',
  [`${dir}app/page.tsx`]: 'export default function Page() {\n  return null;\n}\n',
  [`${dir}.env.example`]: 'A=\n',
});

function examples(tree: Readonly<Record<string, string>>, dir: string, apps?: readonly string[]) {
  const repo = createRepo(memorySource(tree), apps ? { apps } : {});
  const app = repo.layout.apps.find((each) => each.dir === dir);
  if (!app) throw new Error(`no app in ${dir}`);
  return exampleFilesOf(repo, app);
}

describe('an example belongs to', () => {
  test('the app that it stands in, and to the folders above it', () => {
    const tree = { ...next('apps/a/'), ...next('apps/b/'), '.env.example': 'A=\n' };
    expect(examples(tree, 'apps/a')).toEqual(['.env.example', 'apps/a/.env.example']);
  });

  test('the other app also where only one was asked for', () => {
    const tree = { ...next('apps/a/'), ...next('apps/b/'), 'package.json': '{}' };
    expect(examples(tree, 'apps/a', ['apps/a'])).toEqual(['apps/a/.env.example']);
  });

  test('a package inside the app, which is not the app', () => {
    const tree = { ...next(''), 'worker/package.json': '{}', 'worker/.env.example': 'A=\n' };
    expect(examples(tree, '')).toEqual(['.env.example']);
  });

  test('the stack that builds the app, and to no other', () => {
    const stack = (build: string) => `services:\n  web:\n    build: ${build}\n`;
    const tree = {
      ...next('web/'),
      'infra/docker-compose.yml': stack('../web'),
      'infra/.env.production.example': 'A=\n',
      'tools/docker-compose.yml': stack('./bot'),
      'tools/.env.example': 'A=\n',
      'ml/.env.example': 'A=\n',
    };
    expect(examples(tree, 'web')).toEqual(['infra/.env.production.example', 'web/.env.example']);
  });

  test('a stack of images alone', () => {
    const tree = {
      ...next('web/'),
      'infra/compose.yml': 'services:\n  web:\n    image: ghcr.io/acme/web\n',
      'infra/.env.example': 'A=\n',
    };
    expect(examples(tree, 'web')).toContain('infra/.env.example');
  });

  test.each(['../config/web.env', '[../config/web.env]', '[{ path: ../config/web.env }]'])(
    'the service that reads %s',
    (files) => {
      const tree = {
        ...next('web/'),
        'infra/compose.yml': `services:\n  web:\n    build: ../web\n    env_file: ${files}\n`,
        'config/web.env.example': 'A=\n',
      };
      expect(examples(tree, 'web')).toContain('config/web.env.example');
    },
  );

  test('something else that has a stack of its own inside the app', () => {
    const tree = {
      ...next(''),
      'tools/docker-compose.yml': 'services:\n  bot:\n    build: ./bot\n',
      'tools/.env.example': 'A=\n',
      'config/.env.example': 'A=\n',
    };
    expect(examples(tree, '')).toEqual(['.env.example', 'config/.env.example']);
  });
});
