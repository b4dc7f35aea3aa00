import { expect, test } from 'vitest';
import { createRepo } from '../../repo/repo.ts';
import { memorySource } from '../../repo/source.ts';
import { retentionRules } from './retention-rules.ts';

test('rules of code and scripts, each where it stands; comments and tests hold none', () => {
  const files = {
    'api/src/clean.ts':
      "// KEEP_DAYS = 7\nconst RETENTION_DAYS = 30;\ndb.run(`DELETE … WHERE at < now() - INTERVAL '90 days'`);\n",
    'api/src/clean.test.ts': 'const RETENTION_DAYS = 1;\n',
    'scripts/backup.sh': '# find -mtime +1\nfind "$DIR" -mtime +14 -delete\n',
  };
  const found = retentionRules(createRepo(memorySource(files)));
  expect(found.map(({ path, text }) => `${path} ${text}`)).toEqual([
    'api/src/clean.ts RETENTION_DAYS = 30',
    "api/src/clean.ts INTERVAL '90 days'",
    'scripts/backup.sh -mtime +14',
  ]);
  expect(files['api/src/clean.ts'].slice(found[0]?.at)).toMatch(/^RETENTION_DAYS/);
});
