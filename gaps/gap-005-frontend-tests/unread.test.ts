import { expect, test } from 'vitest';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { auditGap } from '../../src/runner/audit.ts';
import gap from './index.ts';

test('a test that is no UTF-8 is never called empty', () => {
  const repo = createRepo(
    memorySource({
      'package.json': '{ "name": "web", "dependencies": { "next": "15" } }',
      'app/page.tsx': 'export default () => null;\n',
      'components/Nav.test.tsx': Buffer.from("test('zeigt K\xf6ln', () => expect(1).toBe(1));\n", 'latin1'),
    }),
  );
  const { audit } = auditGap(gap, repo);
  expect(audit).toMatchObject({
    status: 'unknown',
    findings: [],
    manual: [{ title: 'Save components/Nav.test.tsx as UTF-8 text' }],
  });
});
