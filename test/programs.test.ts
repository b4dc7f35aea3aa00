import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What a run says of one test that needs a program, where there are none. */
function saidWithout(required: string): string {
  const folder = mkdtempSync(join(process.cwd(), 'test/programs-'));
  try {
    writeFileSync(
      join(folder, 'a.test.ts'),
      "import { testWith } from '../programs.ts';\ntestWith(['redis-server'], 'a queue keeps its order', () => {});\n",
    );
    writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};\n');
    const env = { PATH: folder, NO_COLOR: '1', AIMS_FIX_TEST_EVERYTHING: required };
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--root', folder, '--reporter', 'verbose'];
    const { stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a test whose program is missing is skipped by name, with the command that brings it', () => {
  const said = saidWithout('');
  expect(said).toContain('a queue keeps its order (needs redis-server: apt-get install redis-server)');
  expect(said).toContain('1 skipped');
});

test('where everything is meant to be installed it fails', () => {
  expect(saidWithout('1')).toContain('1 failed');
});
