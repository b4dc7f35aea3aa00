import { expect, test } from 'vitest';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { rehearsalOf } from './read/rehearsal.ts';

test('a rehearsal has the images as they are written, and what another service waits for first', () => {
  const repo = createRepo(
    memorySource({
      'deploy.sh':
        '#!/bin/bash\nset -e\ndocker compose -f compose.prod.yml build\ndocker compose -f compose.prod.yml up -d\n',
      'compose.prod.yml':
        'services:\n  proxy:\n    image: nginx:1.27\n    depends_on: { web: { condition: service_healthy } }\n  web:\n    build: ./web\n    image: shop-web:${RELEASE:-latest}\n    healthcheck: { test: ["CMD", "true"] }\n',
    }),
  );
  expect(rehearsalOf(repo, [])?.services).toEqual([
    { name: 'web', isBuilt: true, image: 'shop-web:${RELEASE:-latest}', depends: [], hasHealthCheck: true },
    { name: 'proxy', isBuilt: false, image: 'nginx:1.27', depends: ['web'], hasHealthCheck: false },
  ]);
});
