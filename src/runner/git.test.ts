import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

test('no repository, no git', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aims-fix-git-'));
  expect(openGit(folder)).toBeUndefined();
  rmSync(folder, { recursive: true });
});
