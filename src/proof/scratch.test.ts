import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRepo } from '../repo/repo.ts';
import { diskSource } from '../repo/source.ts';
import { createCleanup } from './cleanup.ts';
import { createPrograms } from './programs.ts';
import { copyTree, openScratch } from './scratch.ts';

let root: string;
let to: string;
const programs = createPrograms(new AbortController().signal);

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'aims-fix-scratch-'));
  root = join(folder, 'root');
  to = join(folder, 'to');
  put('package.json', '{}');
  put('src/a.ts', 'a');
  put('.env.local', 'SECRET=1');
  put('run.sh', '#!/bin/sh\n', 0o755);
});
afterEach(() => rmSync(dirname(root), { recursive: true, force: true }));

function put(path: string, text: string, mode = 0o644) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode });
}

function copy() {
  return copyTree(root, createRepo(diskSource(root)), to, programs);
}

describe('copyTree', () => {
  test('copies what a clone with the uncommitted work would hold, and no ignored secret', async () => {
    put('.gitignore', '.env*\n');
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    execFileSync('git', ['add', 'package.json', 'src/a.ts', 'run.sh'], { cwd: root });
    put('src/a.ts', 'edited');
    put('new.ts', 'untracked');
    symlinkSync('a.ts', join(root, 'src/link.ts'));
    await copy();
    expect(readdirSync(to).sort()).toEqual(['.gitignore', 'new.ts', 'package.json', 'run.sh', 'src']);
    expect(readFileSync(join(to, 'src/link.ts'), 'utf8')).toBe('edited');
    expect(statSync(join(to, 'run.sh')).mode & 0o777).toBe(0o755);
  });

  test('a file that was deleted and not yet committed is no crash', async () => {
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    execFileSync('git', ['add', '--all'], { cwd: root });
    rmSync(join(root, 'src/a.ts'));
    await copy();
    expect(readdirSync(to)).toContain('package.json');
    expect(readdirSync(to)).not.toContain('src');
  });

  test('without git every file is copied', async () => {
    await copy();
    expect(readdirSync(to).sort()).toEqual(['.env.local', 'package.json', 'run.sh', 'src']);
  });
});

test('what a check changes is put back, and nothing outside can be reached', async () => {
  await copy();
  const cleanup = createCleanup();
  const scratch = openScratch(to, programs, cleanup, () => undefined);
  await scratch.write('src/a.ts', 'broken');
  await scratch.write('src/new.ts', 'new');
  await scratch.remove('run.sh');
  await expect(scratch.write('../outside', 'x')).rejects.toThrow('leads out');
  expect((await scratch.run('cat', ['a.ts'], { dir: 'src' })).stdout).toBe('broken');
  await cleanup.run();
  expect(readdirSync(join(to, 'src'))).toEqual(['a.ts']);
  expect(await scratch.read('src/a.ts')).toBe('a');
  expect(statSync(join(to, 'run.sh')).mode & 0o777).toBe(0o755);
});

test('nothing is written through a link of the target', async () => {
  symlinkSync(dirname(root), join(root, 'src/out'));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  await copy();
  const scratch = openScratch(to, programs, createCleanup(), () => undefined);
  await expect(scratch.write('src/out/page.tsx', 'x')).rejects.toThrow('src/out is a link');
  await expect(scratch.remove('src/out/root/package.json')).rejects.toThrow('src/out is a link');
});
