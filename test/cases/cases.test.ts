import { describe, expect, test } from 'vitest';
import { applied, said } from './judge.ts';

/**
 * Shapes of public repositories on which an answer was wrong once, each with the right one. The trees stand in
 * `test/fixtures/cases`; what a gap makes of each kind in general stands in the gap's own table.
 */
describe('debug endpoints', () => {
  test('a guard of its own is asked about, never deleted', async () => {
    expect(said('001-guards-of-ones-own', 'GAP-001')).toEqual([
      'open',
      'find debug-route app/api/debug-env/route.ts:1',
      'find calls-debug-route constants/apiEndpoints.ts:3',
      'note maybe-debug-route app/api/debug/health/route.ts:1',
      'note maybe-debug-route app/api/debug/tokens/route.ts:1',
    ]);
    const { changes } = await applied('001-guards-of-ones-own', 'GAP-001');
    expect(changes.filter((change) => change.includes('app/api/debug/'))).toEqual([]);
  });

  test('a route that a health check asks stays, and the step names both callers', async () => {
    const { changes, steps, left } = await applied('001-health-check-calls-the-route', 'GAP-001');
    expect(changes).toEqual([]);
    expect(left.status).toBe('open');
    expect(steps).toContain('docker-compose.yml:7');
    expect(steps).toContain('vercel.json:1');
  });

  test('a route whose module shipped code imports stays', async () => {
    const { changes, steps } = await applied('001-route-that-others-import', 'GAP-001');
    expect(changes).toEqual([]);
    expect(steps).toContain('app/api/ping/route.ts:1');
  });
});

describe('error boundaries', () => {
  test('without Tailwind CSS the boundaries bring their own style', async () => {
    const { text } = await applied('002-app-without-tailwind', 'GAP-002');
    expect(text('app/error.tsx')).toBeDefined();
    expect(`${text('app/error.tsx')}${text('components/ErrorPanel.tsx')}`).not.toMatch(
      /className="[^"]*\b(?:flex|min-h-screen|bg-)/,
    );
  });

  test('from Next.js 14.1 on, global-error stands in the app folder alone', async () => {
    const { changes, left } = await applied('002-global-error-from-14-1-on', 'GAP-002');
    expect(changes).toContain('create app/global-error.tsx');
    expect(changes.join()).not.toContain('[lang]/global-error');
    expect(left.status).toBe('closed');
  });

  test('an element after a line comment is seen', () => {
    expect(said('002-line-comment-before-jsx', 'GAP-002').join()).not.toContain('global-error');
    expect(said('002-line-comment-before-jsx', 'GAP-015')).toEqual([
      'open',
      'find no-schema app/contact/page.tsx:4',
    ]);
  });

  test('a boundary stands in the segment that draws the document', async () => {
    const { changes } = await applied('002-pass-through-root-layout', 'GAP-002');
    expect(changes).toContain('create app/[locale]/error.tsx');
    expect(changes).toContain('create app/global-error.tsx');
    expect(changes).not.toContain('create app/error.tsx');
  });

  test('a private component inside a provider file stands below the provider', () => {
    expect(said('002-provider-inside-provider-file', 'GAP-002').join()).not.toContain('no-session-provider');
  });

  test.each(['GAP-002', 'GAP-007'] as const)(
    '%s creates its files with the line ends that .gitattributes asks for',
    async (id) => {
      const { bytes, changes } = await applied('000-new-files-in-a-crlf-repository', id);
      const created = changes
        .filter((change) => change.startsWith('create '))
        .map((change) => change.slice(7));
      expect(created.length).toBeGreaterThan(2);
      const bare = created.filter((path) => bytes(path).replaceAll('\r\n', '').includes('\n'));
      expect(bare).toEqual([]);
    },
  );
});

describe('resource limits', () => {
  const limits = async (name: string) => {
    const { text, left } = await applied(name, 'GAP-003');
    expect(left.status).toBe('closed');
    return text('docker-compose.yml') ?? '';
  };

  test('a commented-out entry stays with its list', async () => {
    expect(await limits('003-comment-of-the-list-left-behind')).toMatch(
      /- "\.\/data:\/app\/data"\n {6}# - [^\n]*\n {4}deploy:/,
    );
  });

  test('a reservation of a GPU alone gets processors and memory beside it', async () => {
    expect(await limits('003-gpu-reservation')).toMatch(/capabilities: \[gpu\]\n {10}cpus: /);
  });

  test('an image that is built from the root of a monorepo is the front end', async () => {
    expect(said('003-monorepo-root-dockerfile', 'GAP-003')).toContain('find no-limits docker-compose.yml:2');
  });

  test('a limit of processes is repeated, or Compose refuses the stack', async () => {
    expect(await limits('003-pids-limit-beside-deploy')).toMatch(/pids: 200/);
  });

  test('whoever has a server with one processor is told before it is deployed', async () => {
    const { steps } = await applied('003-server-with-one-cpu', 'GAP-003');
    expect(steps).toContain('--option GAP-003.frontendCpus=1');
  });

  test('a first key with a tag does not mislead the indentation', async () => {
    expect(await limits('003-tagged-merge-key')).toMatch(/^ {4}deploy:$/m);
  });
});

describe('users and passwords', () => {
  test('a made-up user opens the door to any password', () => {
    expect(said('004-constant-user', 'GAP-004')).toContain('find any-password auth.ts:15');
  });

  test('people may be kept in a model of any name, and a signed token is no open door', () => {
    expect(said('004-model-by-another-name', 'GAP-004')).toEqual(['closed']);
  });

  test('a token that another service checks is no open door', () => {
    expect(said('004-token-branch-in-authorize', 'GAP-004')).toEqual(['closed']);
  });

  test.each(['GAP-005', 'GAP-008'] as const)('%s does not wait for the user database', async (id) => {
    const { plan, steps } = await applied('005-needs-004-everywhere', id);
    expect(plan.status).toBe('open');
    expect(steps).not.toBe('');
  });

  test('a password of another service is not recovered here', () => {
    expect(said('008-password-of-another-service', 'GAP-008')).toEqual(['closed']);
    expect(said('008-password-of-another-service', 'GAP-004')).toEqual(['closed']);
  });
});

describe('backups', () => {
  test('a job that copies a live file is unsafe, and no other store is covered by its name', () => {
    expect(said('006-cronjob-that-copies-a-live-file', 'GAP-006')).toEqual([
      'open',
      'find no-backup deploy/compose.yaml:8',
      'find unsafe-copy deploy/helm/templates/cronjob-db-backup.yaml:19',
    ]);
  });

  test('a page that downloads the database takes no backup', () => {
    expect(said('006-download-and-restore-pages', 'GAP-006')).toEqual(['open', 'find no-backup lib/db.ts:3']);
  });

  test('the stack of the end-to-end tests is not what is deployed', async () => {
    expect(said('006-e2e-stack', 'GAP-006')).toEqual(['open', 'find no-backup compose.yaml:8']);
    const { changes, steps } = await applied('006-e2e-stack', 'GAP-007');
    expect(changes.join()).not.toContain('compose.e2e.yaml');
    expect(`${changes}${steps}`).toContain('compose.yaml');
    expect((await applied('006-e2e-stack', 'GAP-017')).steps).not.toContain('compose.e2e.yaml');
  });

  test('a database in the stack is not managed because a driver is declared', () => {
    expect(said('006-neon-declared-own-postgres', 'GAP-006')).toEqual([
      'open',
      'find no-backup docker-compose.yml:6',
    ]);
  });
});

describe('error tracking', () => {
  test('a configuration in CommonJS without semicolons stays so, its head at the head', async () => {
    const { text } = await applied('007-commonjs-config-style', 'GAP-007');
    expect(text('next.config.js')).toMatch(
      /const path = require\('path'\)\nconst \{ withSentryConfig \} = require\('@sentry\/nextjs[^']*'\)\n/,
    );
  });

  test('the policy of one picture governs no page', async () => {
    const { left, steps } = await applied('007-csp-of-one-svg-answer', 'GAP-007');
    expect(left.status).toBe('closed');
    expect(steps).not.toContain('connect-src');
  });

  test('with one app chosen the others are left alone', async () => {
    const { changes } = await applied('007-env-examples-of-other-apps', 'GAP-007', { apps: ['apps/a'] });
    expect(changes.filter((change) => change.includes('apps/b'))).toEqual([]);
    expect(changes).toContain('update apps/a/.env.example');
  });

  test('a static export has no server to watch', () => {
    expect(said('007-static-export-has-no-server', 'GAP-007')).toEqual(['closed']);
  });
});

describe('descriptions, names, limits and stores', () => {
  test('a description that is written as an object in code counts', () => {
    expect(said('011-spec-in-code', 'GAP-011')).toEqual(['closed']);
  });

  test('icon buttons of a library of components need a name', () => {
    expect(said('016-mantine-icon-buttons', 'GAP-016')).toEqual([
      'open',
      'find unnamed-button app/page.tsx:11',
      'find unnamed-button app/page.tsx:14',
      'find unnamed-button app/page.tsx:15',
    ]);
  });

  test('hits that are kept on globalThis are kept in memory', () => {
    const [status, finding] = said('022-limiter-on-globalthis', 'GAP-022');
    expect(status).toBe('open');
    expect(finding).toMatch(/^find in-memory-store lib\/limit\.js/);
  });

  test('a build step that writes JSON keeps no records', async () => {
    expect(said('023-build-script-writes-json', 'GAP-023')).toEqual(['closed']);
    expect((await applied('023-build-script-writes-json', 'GAP-017')).steps).not.toContain('JSON');
  });
});
