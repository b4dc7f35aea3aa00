import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { template } from './templates.ts';

const PATH = 'gap-002-error-boundaries/frontend/components/Providers.tsx';

describe('template', () => {
  test('gives the text of a file under templates/', () => {
    expect(template(PATH)).toMatch(
      /^'use client';\n\nimport \{ SessionProvider \} from 'next-auth\/react';\n/,
    );
  });

  test('throws for a file that is not there', () => {
    expect(() => template('gap-000-nothing/at-all.ts')).toThrow('ENOENT');
  });
});

describe('template, bundled and installed', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'aims-fix-templates-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** An installation: the bundle in dist/, the templates beside it, under another package's folder. */
  async function install(name: string, line: string): Promise<string> {
    const root = join(home, 'node_modules', 'aims-fix');
    mkdirSync(join(root, 'templates', 'deep'), { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "name": "somebody" }');
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name, type: 'module' }));
    writeFileSync(join(root, 'templates', 'deep', 'a.ts'), line);
    await build({
      entryPoints: [resolve('src/repo/templates.ts')],
      outfile: join(root, 'dist', 'chunks', 'templates.js'),
      bundle: true,
      format: 'esm',
      platform: 'node',
    });
    return join(root, 'dist', 'chunks', 'templates.js');
  }

  function read(bundle: string): string {
    const script = `import { template } from ${JSON.stringify(pathToFileURL(bundle).href)};
      process.stdout.write(JSON.stringify([template('deep/a.ts'), template('deep/a.ts')]));`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  test('is found from any depth below its own package, with LF line ends', async () => {
    const bundle = await install('aims-fix', 'one\r\ntwo\r\n');
    expect(JSON.parse(read(bundle))).toEqual(['one\ntwo\n', 'one\ntwo\n']);
  });

  test('is not taken from another package', async () => {
    const bundle = await install('someone-elses', 'text\n');
    cpSync(join(home, 'node_modules', 'aims-fix', 'templates'), join(home, 'templates'), { recursive: true });
    expect(() => read(bundle)).toThrow('no package.json of aims-fix above');
  });
});
