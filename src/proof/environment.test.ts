import { describe, expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { deploymentOf } from './environment.ts';

const APP = {
  'web/package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'web/app/page.tsx': 'export default function Page() { return null; }',
};

type Texts = Readonly<Record<string, string>>;

function deployment(files: Texts, values?: Texts) {
  const repo = createRepo(memorySource({ ...APP, ...files }));
  const [app] = repo.layout.apps;
  if (app === undefined) throw new Error('the tree holds no app');
  return deploymentOf(repo, app, values);
}

describe('deploymentOf', () => {
  test('takes the environment of the service that is built from the app, and the hosts of the others', () => {
    const { env, hosts } = deployment({
      'docker-compose.yml': [
        'services:',
        '  site:',
        '    build: ./web',
        '    environment:',
        '      - API=http://api:3001',
        '      - EMPTY=${NOT_SET}',
        '      - PASSED_ON',
        '  api:',
        '    image: api',
        '    environment:',
        '      SECRET: not-for-the-site',
        '',
      ].join('\n'),
    });
    expect(env).toEqual({ API: 'http://api:3001', EMPTY: '' });
    expect(hosts).toEqual(['api']);
  });

  test('reads from the last stage of the Dockerfile who runs the app, where, and what that user owns', () => {
    const { env, workdir, unprivileged, owned } = deployment({
      'web/Dockerfile': [
        'FROM node:20 AS builder',
        'WORKDIR /build',
        'RUN chown node:node /build/cache',
        'FROM node:20',
        'WORKDIR /srv/app',
        'ENV PORT=3000 GREETING="good day"',
        'ENV OLD style',
        'RUN mkdir -p /srv/app/data && chown -R node:node /srv/app/data',
        'USER node',
        '',
      ].join('\n'),
    });
    expect(env).toEqual({ PORT: '3000', GREETING: 'good day', OLD: 'style' });
    expect({ workdir, unprivileged, owned }).toEqual({
      workdir: '/srv/app',
      unprivileged: true,
      owned: ['/srv/app/data', '/srv/app/data'],
    });
  });

  test('an image that stays root is told apart, and no Dockerfile is no crash', () => {
    expect(deployment({ 'web/Dockerfile': 'FROM node:20\nUSER node\nUSER root\n' }).unprivileged).toBe(false);
    expect(deployment({})).toEqual({
      env: {},
      build: {},
      hosts: [],
      workdir: undefined,
      unprivileged: false,
      owned: [],
    });
  });
});

describe("a server's values", () => {
  const STACK = `services:
  web:
    build:
      context: ../web
      args:
        NEXT_PUBLIC_DSN: \${NEXT_PUBLIC_DSN:-}
        UNDECLARED: \${NEXT_PUBLIC_DSN:-}
    env_file: .env.production
    environment:
      - NEXTAUTH_SECRET=\${NEXTAUTH_SECRET}
      - API=http://api:3001
`;
  const files = {
    'infra/docker-compose.prod.yml': STACK,
    'infra/.env.production.example': 'NEXTAUTH_SECRET=change-me\nNEXT_PUBLIC_DSN=\nKEY=\n',
    'web/Dockerfile': 'FROM node:20\nARG NEXT_PUBLIC_DSN\nENV PORT=3000\n',
  };
  const values = { NEXTAUTH_SECRET: 'secret', NEXT_PUBLIC_DSN: 'https://dsn', KEY: 'key', OTHER: 'other' };
  const script = (options: string) => ({
    'deploy.sh': `docker compose ${options} -f infra/docker-compose.prod.yml up -d\n`,
  });

  test('are blank in the app where the script lets Compose blank them', () => {
    const { env, build } = deployment({ ...files, ...script('') }, values);
    expect(env).toEqual({
      PORT: '3000',
      NEXTAUTH_SECRET: '',
      KEY: 'key',
      NEXT_PUBLIC_DSN: 'https://dsn',
      API: 'http://api:3001',
    });
    expect(build).toEqual({ NEXT_PUBLIC_DSN: '' });
  });

  test('reach the app and its build once the script names the env file', () => {
    const { env, build } = deployment({ ...files, ...script('--env-file infra/.env.production') }, values);
    expect(env).toMatchObject({ NEXTAUTH_SECRET: 'secret', KEY: 'key' });
    expect(env).not.toHaveProperty('OTHER');
    expect(build).toEqual({ NEXT_PUBLIC_DSN: 'https://dsn' });
  });

  test('that no example names are in the shell of whoever deploys', () => {
    const bare = { ...files, 'infra/.env.production.example': 'NEXTAUTH_SECRET=\n', ...script('') };
    expect(deployment(bare, values).build).toEqual({ NEXT_PUBLIC_DSN: 'https://dsn' });
    expect(deployment(bare, values).env).not.toHaveProperty('KEY');
  });

  test('are all there where no stack runs the app', () => {
    const { env, build } = deployment({ 'web/Dockerfile': files['web/Dockerfile'] }, values);
    expect(env).toEqual({ PORT: '3000', ...values });
    expect(build).toEqual({ NEXT_PUBLIC_DSN: 'https://dsn' });
  });

  test('fill what nothing says how it is filled', () => {
    expect(deployment(files, values).env).toMatchObject({ NEXTAUTH_SECRET: 'secret' });
  });
});
