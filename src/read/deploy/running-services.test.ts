import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { runningServices } from './running-services.ts';

const COMPOSE = `services:
  web:
    build: ./web
    restart: unless-stopped
  db:
    image: postgres:16
    healthcheck:
      test: ["CMD", "pg_isready"]
    volumes:
      - data:/var/lib/postgresql/data
  cache:
    image: redis:7
    healthcheck:
      disable: true
  seed:
    image: busybox
    restart: "no"
  tools:
    image: adminer
    profiles: [debug]
volumes:
  data:
`;

test('what runs, how it comes back, who sees that it is well, and where its data is', () => {
  const dockerfile =
    'FROM node:20 AS build\nHEALTHCHECK NONE\nFROM node:20\nHEALTHCHECK CMD node health.js\n';
  const files = {
    'deploy.sh': 'docker compose -f compose.yml up -d\n',
    'compose.yml': COMPOSE,
    'web/Dockerfile': dockerfile,
  };
  const found = runningServices(createRepo(memorySource(files)));
  expect(found.map(({ name, restart, health }) => [name, restart, health])).toEqual([
    ['web', 'unless-stopped', { path: 'web/Dockerfile', at: dockerfile.indexOf('HEALTHCHECK CMD') }],
    ['db', undefined, { path: 'compose.yml', at: COMPOSE.indexOf('db:') }],
    ['cache', undefined, undefined],
  ]);
  expect(found[1]?.mounts).toMatchObject([{ source: 'data', target: '/var/lib/postgresql/data' }]);
});
