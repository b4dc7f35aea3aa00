import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openGit } from './git.ts';

describe('the commit that is checked out', () => {
  let folder = '';
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  const commit = () => git('commit', '--allow-empty', '--message', 'a');
  const head = (root = folder) => openGit(root)?.head();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aims-fix-git-'));
    git('init', '--initial-branch', 'main');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is none before the first', () => {
    expect(head()).toBeUndefined();
  });

  test('is the branch’s', () => {
    commit();
    expect(head()).toBe(git('rev-parse', 'HEAD'));
  });

  test('is seen from a folder inside the repository', () => {
    commit();
    mkdirSync(join(folder, 'frontend'));
    expect(head(join(folder, 'frontend'))).toBe(git('rev-parse', 'HEAD'));
  });

  test.each([
    ['no branch', ['checkout', '--detach']],
    ['a branch with slashes', ['checkout', '-b', 'a/b.c']],
    ['packed refs', ['pack-refs', '--all']],
  ])('is known on %s', (_, args) => {
    commit();
    git(...args);
    expect(head()).toBe(git('rev-parse', 'HEAD'));
  });

  test('is that of a worktree in a worktree', () => {
    commit();
    git('worktree', 'add', '-b', 'other', 'other');
    commit();
    expect(head(join(folder, 'other'))).toBe(git('rev-parse', 'other'));
    expect(head()).not.toBe(head(join(folder, 'other')));
  });

  test('is none where HEAD is broken', () => {
    writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/../../secret\n');
    expect(head()).toBeUndefined();
  });
});

describe('a question', () => {
  let folder = '';
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aims-fix-git-'));
    git('init', '--initial-branch', 'main');
    writeFileSync(join(folder, 'a.txt'), 'committed\n');
    git('add', '.');
    git('commit', '--message', 'a');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is about this repository, also inside a hook of another one', () => {
    const other = mkdtempSync(join(tmpdir(), 'aims-fix-git-'));
    execFileSync('git', ['init', '--quiet'], { cwd: other });
    vi.stubEnv('GIT_DIR', join(other, '.git'));
    vi.stubEnv('GIT_WORK_TREE', other);
    vi.stubEnv('GIT_INDEX_FILE', join(other, '.git', 'index'));
    writeFileSync(join(folder, 'a.txt'), 'mine\n');
    expect(openGit(folder)?.dirty(['a.txt'])).toEqual(['a.txt']);
    rmSync(other, { recursive: true });
  });

  test('runs no program that the repository names', () => {
    const ran = join(folder, 'ran');
    writeFileSync(join(folder, 'evil.sh'), `#!/bin/sh\ntouch ${ran}\ncat\n`, { mode: 0o755 });
    git('config', 'core.fsmonitor', join(folder, 'evil.sh'));
    git('config', 'filter.e.clean', join(folder, 'evil.sh'));
    git('config', 'filter.e.required', 'true');
    writeFileSync(join(folder, '.gitattributes'), '* filter=e\n');
    writeFileSync(join(folder, 'a.txt'), 'mine\n');
    const asked = openGit(folder);
    expect(asked?.dirty(['a.txt'])).toEqual(['a.txt']);
    expect(asked?.ignored(['b.txt'])).toEqual([]);
    expect(existsSync(ran)).toBe(false);
  });
});

test('no repository, no git', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aims-fix-git-'));
  expect(openGit(folder)).toBeUndefined();
  rmSync(folder, { recursive: true });
});
