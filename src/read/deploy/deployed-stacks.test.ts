import { describe, expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { deployedStacks } from './deployed-stacks.ts';
import { mountsOf, readableMountsOf } from './volumes.ts';

function stacksOf(files: Readonly<Record<string, string>>) {
  return deployedStacks(createRepo(memorySource(files)));
}

const BASE = `
services:
  web:
    build: ./web
    image: \${IMAGE:-acme/shop}:\${TAG:-1}
  db:
    image: postgres:17
`;
const OVER = `
services:
  web:
    restart: "no"
    profiles: [tools]
`;

describe('the stacks of a repository', () => {
  test('are those that a script starts, their services merged and told apart', () => {
    const { started, counted } = stacksOf({
      'deploy.sh': 'docker compose -f compose.yml -f compose.prod.yml up -d\n',
      'compose.yml': BASE,
      'compose.prod.yml': OVER,
    });
    expect(counted).toEqual(started);
    expect(started[0]?.services).toMatchObject([
      {
        name: 'web',
        path: 'compose.yml',
        build: 'web',
        image: 'acme/shop:1',
        origin: 'built',
        isLongRunning: false,
        profiles: ['tools'],
      },
      { name: 'db', origin: 'foreign', role: 'sibling', isLongRunning: true },
    ]);
  });

  test('are those that may be, without files for tests and without variants', () => {
    const { started, open, counted } = stacksOf({
      'compose.yml': BASE,
      'compose.portainer.yml': BASE,
      'compose.e2e.yml': BASE,
    });
    const paths = (stacks: typeof open) => stacks.map((stack) => stack.paths.join(' + '));
    expect(started).toEqual([]);
    expect(paths(open)).toEqual(['compose.portainer.yml', 'compose.yml']);
    expect(paths(counted)).toEqual(['compose.yml']);
  });

  test('hold the settings of a service that is extended', () => {
    const { counted } = stacksOf({
      'compose.yml':
        'services:\n  api:\n    extends: { file: common.yml, service: base }\n    environment: [AUTH=none]\n',
      'common.yml': 'services:\n  base:\n    image: api\n    environment: [AUTH=db, DATABASE=x]\n',
    });
    expect(counted[0]?.services[0]?.value.environment).toEqual(['DATABASE=x', 'AUTH=none']);
  });

  test('hold what they include, and say when a part is not here', () => {
    const { counted } = stacksOf({
      'compose.yml': 'include: [parts/db.yml, parts/missing.yml]\nservices: {}\n',
      'parts/db.yml': 'services:\n  db:\n    image: postgres:17\n',
    });
    expect(counted).toMatchObject([{ isWhole: false, services: [{ name: 'db', path: 'parts/db.yml' }] }]);
  });
});

test('a mount that may only be read is one for whoever copies it', () => {
  const volumes = ['data:/data', './conf.yml:/conf.yml', 'pg:/backup/pg:ro', { source: 'x', target: '/x' }];
  expect(mountsOf(volumes).map(({ source }) => source)).toEqual(['data', 'x']);
  expect(readableMountsOf(volumes).map(({ source }) => source)).toEqual(['data', 'pg', 'x']);
});
