import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'aims-fix-package-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('the published package', () => {
  test('works where it is installed, with nothing but its tarball and its declared dependencies', () => {
    const packed: readonly {
      readonly filename: string;
      readonly files: readonly { readonly path: string }[];
    }[] = JSON.parse(npm(process.cwd(), 'pack', '--json', '--pack-destination', scratch));
    const [{ filename, files } = { filename: '', files: [] }] = packed;
    for (const path of ['schema/report.schema.json', 'LICENSE', 'dist/THIRD-PARTY-NOTICES.txt'])
      expect(files.map((file) => file.path)).toContain(path);
    const isAside = (path: string) => /node_modules|fixtures|^(?!templates\/).*\.test\./.test(path);
    expect(files.filter(({ path }) => isAside(path))).toEqual([]);

    const home = join(scratch, 'elsewhere');
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    npm(home, 'install', join(scratch, filename));
    const target = join(scratch, 'target');
    cpSync('test/fixtures/aims', target, { recursive: true });
    const run = (...args: readonly string[]) =>
      execFileSync(join(home, 'node_modules/.bin/aims-fix'), [...args], {
        cwd: target,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    expect(run('--version').trim()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    run('apply', '--priority', 'P0', '--yes');
    expect(run('verify', '--priority', 'P0')).toContain('3 closed, 0 open');
  }, 180_000);
});
