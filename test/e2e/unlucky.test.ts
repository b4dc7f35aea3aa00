import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aimsFix, CLI, git, treeOf } from './cli.ts';
import { samples } from './samples.ts';

// A world that lacks something: line ends that agree, files that may be read, room for open files, a network.

const sample = samples();

/** Every second line ends as Windows does, where a file is text. */
function mixLineEnds(root: string): void {
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const file = join(root, path);
    if (path.startsWith('.git/') || path.endsWith('package-lock.json') || !statSync(file).isFile()) continue;
    const lines = readFileSync(file, 'latin1').split('\n');
    const mixed = lines.map((line, index) =>
      index % 2 === 0 || index === lines.length - 1 ? line : `${line}\r`,
    );
    writeFileSync(file, mixed.join('\n'), 'latin1');
  }
  git(root, '-c', 'core.autocrlf=false', 'commit', '--quiet', '--all', '--message', 'mixed');
}

test.each([['P0'], ['GAP-006']])('in files of mixed line ends no line changes its own: %s', (wanted) => {
  const root = sample();
  mixLineEnds(root);
  const before = treeOf(root);
  expect(aimsFix(root, ['apply', wanted, '--yes']).code).toBe(0);
  const diff = git(root, '-c', 'core.autocrlf=false', 'diff', '--unified=0', '--text').split('\n');
  const removed = diff.filter((line) => /^-(?!-)/.test(line)).map((line) => line.slice(1));
  const added = new Set(diff.filter((line) => /^\+(?!\+)/.test(line)).map((line) => line.slice(1)));
  const other = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : `${line}\r`);
  expect(removed.filter((line) => line.trim() !== '' && added.has(other(line)))).toEqual([]);
  expect(aimsFix(root, ['undo']).code).toBe(0);
  expect(treeOf(root)).toEqual(before);
});

describe.skipIf(process.platform === 'win32')('where few files may be open', { timeout: 60_000 }, () => {
  test.each([24, 40])('%i: the old tree or the new one, and words', (limit) => {
    const root = sample();
    const before = treeOf(root);
    const limited = (...args: readonly string[]) =>
      spawnSync('sh', ['-c', `ulimit -n ${limit} && exec "$0" "$@"`, process.execPath, CLI, ...args], {
        cwd: root,
        encoding: 'utf8',
      });
    expect(limited('audit', '--json').stdout).toBe(aimsFix(root, ['audit', '--json']).stdout);
    const plan = limited('plan', '--gap', '4');
    expect(plan.stdout + plan.stderr).not.toMatch(/aims-fix failed on|node:events|Cannot read/);
    const { status, stderr } = limited('apply', '--priority', 'P0', '--yes');
    expect(stderr).not.toMatch(/ {4}at |Install git/);
    if (status !== 0) expect([stderr, treeOf(root)]).toEqual([expect.stringContaining('EMFILE'), before]);
  });
});

const canUnshare = spawnSync('unshare', ['-n', 'true']).status === 0;
test.runIf(canUnshare)('without a network a plan with packages says so, soon', { timeout: 60_000 }, () => {
  const root = sample();
  const started = performance.now();
  const { stdout } = spawnSync('unshare', ['-n', process.execPath, CLI, 'plan', '--gap', '4'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_config_cache: join(root, '../empty') },
  });
  expect(stdout.replace(/\s+/g, ' ')).toContain('no npm registry answered');
  expect(performance.now() - started).toBeLessThan(40_000);
});

describe('nothing is called closed over what was not read', () => {
  const PAGE = 'frontend/app/integrations/page.tsx';
  test.each<[string, (text: Buffer) => Uint8Array]>([
    ['one byte of Latin-1', (text) => Buffer.concat([text, Buffer.from([0xe9])])],
    ['UTF-16', (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.toString(), 'utf16le')])],
    ['more than 5 MiB', (text) => Buffer.concat([text, Buffer.alloc(6 * 1024 * 1024, '//\n')])],
  ])('a page of %s', (_, change) => {
    const root = sample();
    writeFileSync(join(root, PAGE), change(readFileSync(join(root, PAGE))));
    rmSync(join(root, 'frontend/app/api/test'), { recursive: true });
    const { code, stdout } = aimsFix(root, ['verify', '--gap', 'GAP-001', '--strict']);
    expect([code, stdout.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining(PAGE)]);
  });

  test.runIf(process.getuid?.() === 0)('a folder without permission', () => {
    const root = sample();
    const tool = join(root, '../tool');
    for (const name of [
      'bin',
      'dist',
      'package.json',
      'node_modules/oxc-parser',
      'node_modules/@oxc-parser',
      'node_modules/@oxc-project',
    ])
      cpSync(name, join(tool, name), { recursive: true, force: true });
    execFileSync('chmod', ['-R', 'a+rX', join(root, '..')]);
    chmodSync(join(root, 'frontend/app/api/test'), 0);
    const args = [join(tool, 'bin/aims-fix.js'), 'verify', '--gap', 'GAP-001', '--strict', '--repo', root];
    const nobody = {
      cwd: root,
      encoding: 'utf8',
      uid: 65_534,
      gid: 65_534,
      env: { PATH: process.env.PATH ?? '' },
    } as const;
    const { status, stdout } = spawnSync(process.execPath, args, nobody);
    chmodSync(join(root, 'frontend/app/api/test'), 0o755);
    expect([status, stdout.replace(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringContaining('frontend/app/api/test'),
    ]);
  });
});

test.each(['GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_NAMESPACE'])(
  'the guard asks about this repository, whatever a hook leaves in %s',
  (name) => {
    const root = sample();
    appendFileSync(join(root, 'infra/docker-compose.prod.yml'), '# mine\n');
    const args = ['apply', '--gap', '3', '--yes'];
    expect(aimsFix(root, args, { [name]: join(root, '../nowhere') }).code).toBe(4);
  },
);

describe.skipIf(process.platform === 'win32')('a pipe is not waited for', () => {
  test('in the place of a plan, a report, a configuration, the journal of a run', () => {
    const root = sample();
    expect(aimsFix(root, ['apply', '--gap', '3', '--yes']).code).toBe(0);
    const [run = ''] = readdirSync(join(root, '.aims-fix/runs'));
    for (const path of ['../plan', '../report', 'aims-fix.config.yaml', `.aims-fix/runs/${run}/journal`]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      rmSync(join(root, path), { force: true });
      execFileSync('mkfifo', [join(root, path)]);
    }
    for (const args of [
      ['apply', '../plan', '--yes'],
      ['audit', '--reporter', 'json=../report'],
      ['undo'],
      ['recover'],
      ['history'],
    ]) {
      const { code, stderr } = aimsFix(root, args);
      expect([args, code === null, stderr.includes('    at ')]).toEqual([args, false, false]);
    }
  });
});

test('help for a command that is none says so', () => {
  const { code, stderr } = aimsFix(sample({ git: false }), ['help', 'nope']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('unknown command nope')]);
});
