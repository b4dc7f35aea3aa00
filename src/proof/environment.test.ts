import { describe, expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { memorySource } from '../repo/source.ts';
import { deploymentOf, interpolate } from './environment.ts';

const APP = {
  'web/package.json': '{ "dependencies": { "next": "14.0.4" } }',
  'web/app/page.tsx': 'export default function Page() { return null; }',
};

function deployment(files: Readonly<Record<string, string>>) {
  const repo = createRepo(memorySource({ ...APP, ...files }));
  const [app] = repo.layout.apps;
  if (app === undefined) throw new Error('the tree holds no app');
  return deploymentOf(repo, app);
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
      hosts: [],
      workdir: undefined,
      unprivileged: false,
      owned: [],
    });
  });
});

test.each([
  ['${A}', ''],
  ['${A:-b}', 'b'],
  ['${A-b}', 'b'],
  ['${A:?needed}', ''],
  ['$A/x', '/x'],
  ['$$A', '$A'],
  ['redis://:${P:-secret}@redis:6379', 'redis://:secret@redis:6379'],
])('interpolate(%s) with nothing set is %s', (value, expected) => {
  expect(interpolate(value)).toBe(expected);
});
