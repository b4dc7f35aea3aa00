import { describe, expect, test } from 'vitest';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { auditGap } from '../../src/runner/audit.ts';
import { fixIn } from '../../test/harness/verbs.ts';
import gap from './index.ts';

const APP = {
  'package.json': '{ "name": "web", "dependencies": { "next": "15.1.0" } }',
  'app/page.tsx': 'export default () => null;\n',
};
const ROUTE = { 'app/api/test/groq/route.ts': "export const GET = () => new Response('ok');\n" };
const KOELN = (text: string) => Buffer.from(text, 'latin1');

describe('what cannot be read', () => {
  test.each(['app/groq/page.tsx', 'scripts/smoke.mjs', 'deploy.sh', 'docker-compose.yml'])(
    'keeps the routes that %s may call',
    (path) => {
      const repo = createRepo(
        memorySource({ ...APP, ...ROUTE, [path]: KOELN("# K\xf6ln\nfetch('/api/test/groq')\n") }),
      );
      expect(auditGap(gap, repo).audit).toMatchObject({
        status: 'open',
        findings: [
          { code: 'debug-route', note: false },
          { code: 'unread-code', path, note: true },
        ],
      });
      const { edits, manual } = fixIn(gap, repo, undefined, { strategy: 'delete' });
      expect({ edits, titles: manual?.map(({ title }) => title) }).toEqual({
        edits: [],
        titles: [`Save ${path} as UTF-8 text, then run this gap again`],
      });
    },
  );

  test('keeps nothing where it calls nothing: data, public files, tests', () => {
    const files = {
      'data/cities.json': KOELN('["K\xf6ln"]'),
      'notes.txt': KOELN('K\xf6ln'),
      'public/old.js': KOELN('// K\xf6ln'),
      '__tests__/a.test.ts': KOELN('// K\xf6ln'),
    };
    const repo = createRepo(memorySource({ ...APP, ...ROUTE, ...files }));
    expect(fixIn(gap, repo, undefined, { strategy: 'delete' }).edits).toHaveLength(1);
  });
});

describe('a link', () => {
  const linked = (link: string, files = {}) =>
    auditGap(gap, createRepo({ ...memorySource({ ...APP, ...files }), links: () => [link] })).audit;

  test.each(['app/api', 'app/api/test', 'app/(tools)/api/v1/debug-env', 'app/api/debug/route.ts'])(
    'at %s may lead to a route',
    (link) => {
      expect(linked(link)).toMatchObject({
        status: 'unknown',
        reason: `${link} is a link, and a debug route may stand where it leads`,
        manual: [{ title: expect.stringContaining(link) }],
      });
    },
  );

  test.each(['app/api/users', 'CLAUDE.md', 'app/fonts', 'lib'])('at %s does not', (link) => {
    expect(linked(link).status).toBe('closed');
  });

  test('hides no route that is open beside it', () => {
    expect(linked('app/api/debug', ROUTE).status).toBe('open');
  });
});
