import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aimsFix, git, treeOf } from './cli.ts';
import { samples } from './samples.ts';

/** What git may do to a run: fail, be away, or hold a file in another repository than the root's. */
const sample = samples();

function hook(root: string, script: string): void {
  const file = join(root, '.git/hooks/pre-commit');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** A PATH with node and nothing else. */
function withoutGit(root: string): NodeJS.ProcessEnv {
  const bin = join(root, '../bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  return { PATH: bin };
}

describe('a commit that git refuses', () => {
  test('leaves the files and the index as they were', () => {
    const root = sample();
    appendFileSync(join(root, 'README.md'), 'staged by a person\n');
    git(root, 'add', 'README.md');
    hook(root, 'echo not today >&2; exit 1');
    const before = treeOf(root);
    const { code, stderr } = aimsFix(root, ['apply', '--priority', 'P0', '--yes', '--commit']);
    expect(code).toBe(3);
    expect(stderr).toContain('not today');
    expect(treeOf(root)).toEqual(before);
    expect(git(root, 'status', '--porcelain')).toBe('M  README.md\n');
    expect(git(root, 'log', '--format=%s')).toBe('base\n');
  });

  test('after its hook changed a file asks for a person', () => {
    const root = sample();
    hook(root, 'echo "# mine" >> infra/docker-compose.prod.yml; exit 1');
    const { code, stderr } = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes', '--commit']);
    expect(code).toBe(5);
    expect(stderr).toContain('infra/docker-compose.prod.yml');
  });
});

test('a commit takes no change of a person along', () => {
  const root = sample();
  appendFileSync(join(root, 'infra/docker-compose.prod.yml'), '# mine\n');
  const args = ['apply', '--gap', 'GAP-003', '--yes', '--allow-dirty'];
  const { code, stderr } = aimsFix(root, [...args, '--commit']);
  expect(code).toBe(4);
  expect(stderr).toContain('leave --commit out');
  expect(aimsFix(root, args).code).toBe(0);
});

test('a commit holds new, changed and deleted files, also those that an ignore rule hides, and no other', () => {
  const root = sample();
  appendFileSync(join(root, '.gitignore'), 'error.tsx\n');
  git(root, 'commit', '--quiet', '--all', '--message', 'ignore');
  appendFileSync(join(root, 'README.md'), 'staged by a person\n');
  git(root, 'add', 'README.md');
  const args = ['apply', '--gap', 'GAP-001', '--gap', 'GAP-002', '--yes', '--commit'];
  expect(aimsFix(root, args).code).toBe(0);
  expect(git(root, 'status', '--porcelain')).toBe('M  README.md\n');
  expect(git(root, 'show', '--name-status', '--format=', 'HEAD~1')).toContain(
    'D\tfrontend/app/api/test/groq/route.ts',
  );
  expect(git(root, 'show', '--name-status', '--format=', 'HEAD')).toContain('A\tfrontend/app/error.tsx');
});

test('a commit says why, what else it changes, and which run made it', () => {
  const root = sample();
  expect(aimsFix(root, ['apply', '--gap', 'GAP-002', '--yes', '--commit']).code).toBe(0);
  const [subject = '', blank, ...rest] = git(root, 'log', '-1', '--format=%B').trim().split('\n');
  expect(subject).toBe('fix(GAP-002): Add React error boundaries');
  expect(blank).toBe('');
  expect(rest.filter((line) => line.length > 72)).toEqual([]);
  const body = rest.slice(0, rest.indexOf('')).join(' ');
  expect(body).toBe(
    'No error.tsx files stand in the app router, so unhandled errors show a raw error page. Mounts SessionProvider for every page, which frontend/components/DashboardNav.tsx and frontend/components/OwnerGate.tsx need.',
  );
  const trailers = git(root, 'log', '-1', '--format=%(trailers:only,unfold)').trim().split('\n');
  const [run] = JSON.parse(aimsFix(root, ['history', '--json']).stdout).runs;
  expect(trailers).toEqual(['Gap: GAP-002', `Aims-fix-run: ${run.id}`]);
});

test('--commit without a repository is refused before anything is written', () => {
  const root = sample({ git: false });
  const before = treeOf(root);
  const { code, stderr } = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes', '--commit']);
  expect(code).toBe(2);
  expect(stderr).toContain('--commit');
  expect(treeOf(root)).toEqual(before);
  expect(existsSync(join(root, '.aims-fix'))).toBe(false);
});

describe('without git on this machine', () => {
  test('what reads works, and what writes is refused', () => {
    const root = sample();
    const env = withoutGit(root);
    for (const args of [['audit'], ['plan', '--gap', 'GAP-003'], ['history']])
      expect(aimsFix(root, args, env)).toMatchObject({ code: 0, stderr: '' });
    expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes'], env)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('--allow-dirty'),
    });
  });

  test('--allow-dirty writes, and undo takes it back', () => {
    const root = sample();
    const env = withoutGit(root);
    const before = treeOf(root);
    expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes', '--allow-dirty'], env).code).toBe(0);
    expect(aimsFix(root, ['undo'], env).code).toBe(0);
    expect(treeOf(root)).toEqual(before);
  });
});

test('uncommitted work in a repository below the root stops a run too', () => {
  const root = sample();
  const infra = join(root, 'infra');
  git(root, 'rm', '--quiet', '-r', '--cached', 'infra');
  git(root, 'commit', '--quiet', '--message', 'infra is a repository of its own');
  git(infra, 'init', '--quiet');
  git(infra, 'config', 'user.name', 'tester');
  git(infra, 'config', 'user.email', 'tester@example.com');
  git(infra, 'add', '--all', '--force');
  git(infra, 'commit', '--quiet', '--message', 'base');
  git(root, '-c', 'advice.addEmbeddedRepo=false', 'add', 'infra');
  git(root, 'commit', '--quiet', '--message', 'as a submodule');
  const file = join(infra, 'docker-compose.prod.yml');
  appendFileSync(file, '# mine\n');
  const { code, stderr } = aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']);
  expect(code).toBe(4);
  expect(stderr).toContain('infra/docker-compose.prod.yml');
  git(infra, 'checkout', '--quiet', '.');
  expect(aimsFix(root, ['apply', '--gap', 'GAP-003', '--yes']).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('limits:');
});
