import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registry } from '../../gaps/registry.ts';
import { loadGaps } from '../../src/registry.ts';
import { createRepo } from '../../src/repo/repo.ts';
import { memorySource } from '../../src/repo/source.ts';
import { auditGap } from '../../src/runner/audit.ts';

/** A file that nobody would write costs an audit what it is long, in every place that a gap looks at. */
const SAMPLE = 'test/fixtures/aims';
const sample = Object.fromEntries(
  readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(SAMPLE, path)).isFile())
    .map((path) => [path, readFileSync(join(SAMPLE, path), 'utf8')]),
);
const gaps = await loadGaps(registry);

const PLACES = [
  '.env.example',
  '.gitignore',
  'README.md',
  'backend/uef-gateway/Dockerfile',
  'backend/uef-gateway/src/zz.ts',
  'cloudbuild.yaml',
  'deploy.sh',
  'docs/rollback.md',
  'frontend/app/zz/page.tsx',
  'frontend/lib/zz.ts',
  'frontend/middleware.ts',
  'infra/docker-compose.prod.yml',
  'infra/nginx/zz.conf',
  'scripts/zz-backup.sh',
];

const UNITS = [
  '\n',
  ' \n',
  '\u2028',
  '[',
  ' ',
  '\t',
  "'",
  '"',
  '`',
  '\\',
  '\\\n',
  '(',
  '{',
  '<',
  ')',
  ']',
  '}',
  '-',
  '#',
  '0',
  'a',
  '_',
  '=\n',
  '/*',
  '//',
  '/* a */\n',
  '<!--',
  '${',
  '=> ',
  '&&a',
  '- ',
  'a: ',
  '<a ',
  'env.A',
  '/api/',
  'fetch(',
  'export ',
  'import ',
  'const a = ',
  'if (a) ',
  'docker compose ',
];
/** Of the processor, so that a busy machine changes nothing. */
function millisecondsOf(unit: string, length: number): number {
  const text = unit.repeat(length / unit.length);
  const files = PLACES.map((path) => [path, (sample[path] ?? '') + text] as const);
  const repo = createRepo(memorySource({ ...sample, ...Object.fromEntries(files) }));
  const before = process.cpuUsage();
  for (const gap of gaps) auditGap(gap, repo);
  return process.cpuUsage(before).user / 1000;
}

describe('an audit of fourteen files of 50 and 100 KB that are made of one thing', () => {
  test.each(UNITS.map((unit) => [JSON.stringify(unit), unit]))(
    'takes a moment, and twice that: %s',
    (_, unit) => {
      const [short, long] = [millisecondsOf(unit, 50_000), millisecondsOf(unit, 100_000)];
      expect(short).toBeLessThan(2500);
      // What is added to both: the sample itself, and the moods of a machine.
      expect(long).toBeLessThan(2.5 * short + 500);
    },
  );
});
