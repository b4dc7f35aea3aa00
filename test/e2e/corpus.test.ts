import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'aims-fix-corpus-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const repositories = join(scratch, 'repositories');
for (const name of ['api', 'web']) mkdirSync(join(repositories, name), { recursive: true });
writeFileSync(join(repositories, 'api/package.json'), '{ "name": "api" }\n');
writeFileSync(join(repositories, 'web/package.json'), '{ "dependencies": { "next": "14.0.4" } }\n');
mkdirSync(join(repositories, 'web/app'));
writeFileSync(join(repositories, 'web/app/page.tsx'), 'export default function Page() { return null; }\n');
writeFileSync(
  join(repositories, 'web/app/layout.tsx'),
  'export default function Layout({ children }) {\n  return <html><body>{children}</body></html>;\n}\n',
);

function corpus(...args: readonly string[]) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['scripts/run.js', 'scripts/corpus/main.ts', repositories, ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout };
}

function stub(name: string, code: string): string {
  const file = join(scratch, name);
  writeFileSync(file, code);
  return file;
}

describe('the corpus', () => {
  test('shows gap by repository what every audit found, and keeps the whole', () => {
    const file = join(scratch, 'corpus.json');
    const { status, stdout } = corpus('--json', file);
    expect(status).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^repository\s+001\s+002 .*ms\s+MB$/);
    expect(lines[1]).toMatch(/^api\s+\S+\s+-\s/);
    expect(lines[2]).toMatch(/^web\s+\S+\s+O\d+\s/);
    const rows: readonly { readonly name: string; readonly megabytes: number }[] = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    expect(rows.map(({ name }) => name)).toEqual(['api', 'web']);
    expect(rows.every(({ megabytes }) => megabytes > 10)).toBe(true);
  });

  test('with --apply, closes each automatic gap alone in a copy, runs it again and undoes it', () => {
    const { status, stdout } = corpus('--apply');
    expect(stdout).toMatch(/^web +002 +closed +[1-9]\d* +[1-9]\d* +0 +-$/m);
    expect(status).toBe(0);
  });

  test.each([
    ['a crash', "console.error('boom'); process.exit(3);", /api crashed:\nexit 3\nboom/],
    ['a hang', 'setInterval(() => {}, 1000);', /web crashed:\nstopped after 1 s/],
    ['another output', "console.log('hello');", /api crashed:\nprinted no audit\nhello/],
  ])('fails at %s, and says of which repository', (name, code, said) => {
    const { status, stdout } = corpus('--cli', stub(`${name}.mjs`, code), '--seconds', '1');
    expect(status).toBe(1);
    expect(stdout).toMatch(said);
  });
});
