import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { aimsFix, CLI } from './cli.ts';

/** What a disk can hold that a tree in memory cannot. Every case is an audit of the built CLI. */
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const PAGE = 'export default function Page() { return <button />; }\n';

/** A small Next.js app in a folder of its own. */
function app(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'aims-fix-robust-'));
  folders.push(root);
  const all = {
    'package.json': '{ "name": "web", "dependencies": { "next": "14.0.4", "react": "18" } }\n',
    'app/page.tsx': PAGE,
    'docker-compose.yml': 'services:\n  web:\n    build: .\n',
    ...files,
  };
  for (const [path, content] of Object.entries(all)) write(root, path, content);
  return root;
}

function write(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

interface Audited {
  readonly gaps: readonly {
    readonly id: string;
    readonly status: string;
    readonly findings: readonly { readonly path: string }[];
  }[];
}

function audit(root: string): Audited['gaps'] {
  const { code, stdout, stderr } = aimsFix(root, ['audit', '--repo', root, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const document: Audited = JSON.parse(stdout);
  return document.gaps;
}

function pathsOf(gaps: Audited['gaps']): readonly string[] {
  return gaps.flatMap(({ findings }) => findings.map(({ path }) => path));
}

describe('an audit answers', () => {
  test('in a folder with an empty package.json', () => {
    expect(audit(app({ 'package.json': '' })).length).toBeGreaterThan(10);
  });

  test('in a repository of 10,000 files', () => {
    const root = app();
    for (let index = 0; index < 10_000; index += 1) {
      const folder = join(root, `lib/${index % 100}`);
      if (index < 100) mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${index}.ts`), `export const value = ${index};\n`);
    }
    expect(pathsOf(audit(root))).toContain('app/error.tsx');
  });

  test('beside a TypeScript file of 20 MB', () => {
    const line = 'export const value = { a: 1, b: "text" };\n';
    const root = app({ 'lib/data.ts': line.repeat((20 * 1024 * 1024) / line.length) });
    expect(pathsOf(audit(root))).toContain('app/error.tsx');
  });

  test('about a Compose file of 50,000 lines', () => {
    const service = (index: number) =>
      `  s${index}:\n    image: redis:7\n    restart: always\n    ports:\n      - "${index}:80"\n`;
    const services = Array.from({ length: 10_000 }, (_, index) => service(index));
    const root = app({ 'docker-compose.yml': `services:\n  web:\n    build: .\n${services.join('')}` });
    const limits = audit(root).find(({ id }) => id === 'GAP-003');
    expect(limits?.findings.map(({ path }) => path)).toContain('docker-compose.yml');
  });

  test('where every source holds bytes that are no text', () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, index) => (index * 37) % 256);
    const root = app({
      'app/page.tsx': bytes,
      'middleware.ts': bytes,
      'docker-compose.yml': bytes,
      'tsconfig.json': bytes,
      '.github/workflows/deploy.yml': bytes,
      'README.md': bytes,
      '.env.example': bytes,
    });
    expect(audit(root).length).toBeGreaterThan(10);
  });

  test('among links that go in circles, out of the repository, and nowhere', () => {
    const root = app();
    const outside = app({ 'app/api/test/secret/route.ts': 'export function GET() {}\n' });
    symlinkSync('.', join(root, 'app/again'));
    symlinkSync('../..', join(root, 'app/up'));
    symlinkSync(join(outside, 'app/api'), join(root, 'app/api'));
    symlinkSync('nowhere', join(root, 'app/layout.tsx'));
    symlinkSync('loop', join(root, 'loop'));
    const paths = pathsOf(audit(root));
    expect(paths).toContain('app/error.tsx');
    expect(paths.filter((path) => /secret|again|up\//.test(path))).toEqual([]);
  });

  test('where a link stands in the place of package.json', () => {
    const root = app();
    rmSync(join(root, 'package.json'));
    symlinkSync('package.json', join(root, 'package.json'));
    expect(audit(root).length).toBeGreaterThan(10);
  });

  test('about files with odd names, which it names as they are', () => {
    const names = [
      'new\nline',
      'quo"te\'s',
      '[id]',
      '(group)',
      'ünï✓',
      '$(touch x)',
      '-rf',
      'a b',
      '\\back',
      '%2e',
    ];
    const root = app(Object.fromEntries(names.map((name) => [`app/${name}/page.tsx`, PAGE])));
    const paths = pathsOf(audit(root));
    for (const name of names) expect(paths).toContain(`app/${name}/page.tsx`);
    expect(aimsFix(root, ['audit']).code).toBe(0);
  });

  test('however deep the folders are', () => {
    const root = app();
    let folder = join(root, 'app');
    for (let depth = 0; depth < 300; depth += 1) folder = join(folder, 'deep-folder');
    execFileSync('mkdir', ['-p', folder]);
    writeFileSync(join(folder, 'page.tsx'), PAGE);
    expect(pathsOf(audit(root)).some((path) => path.endsWith('deep-folder/page.tsx'))).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('beside a pipe that nobody writes to', () => {
    const root = app();
    for (const name of ['middleware.ts', 'tsconfig.json', '.env', 'aims-fix.config.yaml'])
      execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, name)]);
    expect(pathsOf(audit(root))).toContain('app/error.tsx');
  });

  test.skipIf(process.platform === 'win32')('beside a folder and a file that may not be read', () => {
    const root = app({ 'lib/closed/a.ts': 'export {};\n', 'middleware.ts': 'export {};\n' });
    chmodSync(join(root, 'lib/closed'), 0);
    chmodSync(join(root, 'middleware.ts'), 0);
    const { status, stdout, stderr } = withoutPrivileges(root);
    chmodSync(join(root, 'lib/closed'), 0o755);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('"app/error.tsx"');
  });
});

/** Root may read everything: then the audit runs as nobody, from a copy of the tool that nobody may read. */
function withoutPrivileges(root: string) {
  const isRoot = process.getuid?.() === 0;
  const args = ['audit', '--repo', root, '--json'];
  if (!isRoot) return spawnSync(process.execPath, [CLI, ...args], { cwd: root, encoding: 'utf8' });
  const copy = mkdtempSync(join(tmpdir(), 'aims-fix-tool-'));
  folders.push(copy);
  for (const name of ['bin', 'dist', 'package.json'])
    cpSync(resolve(name), join(copy, name), { recursive: true });
  // The parser is installed beside the tool, with its part for this machine.
  for (const name of ['oxc-parser', '@oxc-parser', '@oxc-project'].map((each) => join('node_modules', each)))
    if (existsSync(name)) cpSync(name, join(copy, name), { recursive: true });
  execFileSync('chmod', ['-R', 'a+rX', copy, root]);
  chmodSync(join(root, 'lib/closed'), 0);
  chmodSync(join(root, 'middleware.ts'), 0);
  return spawnSync(process.execPath, [join(copy, 'bin/aims-fix.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    uid: 65_534,
    gid: 65_534,
    env: { PATH: process.env.PATH ?? '' },
  });
}
