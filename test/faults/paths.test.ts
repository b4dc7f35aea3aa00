import { existsSync, lstatSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { history } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { create, drop, refusal, update } from './refusals.ts';
import { beforeOf, CHANGES, makeTree, newFolder, put, RUN, remove, sha256, snapshot } from './scenario.ts';

// What must never be written, whatever a plan says: each is refused before anything is written.

const used: string[] = [];
let root = '';
let outside = '';
beforeEach(() => {
  root = newFolder();
  outside = newFolder();
  used.push(root, outside);
  makeTree(root);
  put(outside, 'secret.txt', 'outside\n');
});
afterEach(() => expect(snapshot(outside)['secret.txt']).toBe('644 "outside\\n"'));
afterAll(() => used.forEach(remove));

describe('a path', () => {
  test.each<[string, RegExp]>([
    ['', /empty part/],
    ['..', /`\.\.`/],
    ['../outside.txt', /`\.\.`/],
    ['app/../../outside.txt', /`\.\.`/],
    ['app/..', /`\.\.`/],
    ['./app/x.ts', /`\.`/],
    ['app//x.ts', /empty part/],
    ['app/', /empty part/],
    ['/etc/passwd', /not relative/],
    ['//server/share', /not relative/],
    ['~/x', /not relative/],
    ['C:/windows/x', /not relative/],
    ['c:x', /not relative/],
    ['..\\outside.txt', /backslash/],
    ['app\\x.ts', /backslash/],
    ['\\\\server\\share', /backslash/],
    ['app/x\0.ts', /NUL/],
    ['.git/config', /belongs to git/],
    ['.GIT/hooks/pre-commit', /belongs to git/],
    ['.git./config', /belongs to git/],
    ['GIT~1/config', /belongs to git/],
    ['packages/a/.git/config', /belongs to git/],
    ['.git', /belongs to git/],
    ['.aims-fix/lock', /belongs to git or to aims-fix/],
    ['.Aims-Fix/runs/x', /belongs to git or to aims-fix/],
  ])('like %j is refused', (path, reason) => {
    for (const change of [create(path), update(path, sha256('')), drop(path, sha256(''))]) {
      expect(refusal(root, update('README.md'), change)).toMatch(reason);
    }
  });

  test.each([
    '%2e%2e/x',
    '...',
    '.github/x.yml',
    '.gitignore',
    'a b/-rf',
    'app/ü/[[...slug]]/(.)p@/new\nline.ts',
    `${'n'.repeat(255)}`,
  ])('like %j is a name as any other', (path) => {
    const before = snapshot(root);
    commit(root, RUN, [create(path)]);
    expect(lstatSync(join(root, path)).isFile()).toBe(true);
    undo(root);
    expect(snapshot(root)).toEqual(before);
  });

  test('may be claimed once, on every file system', () => {
    expect(refusal(root, create('a/x.ts'), create('a/x.ts'))).toBe(
      'a/x.ts is to be written twice in one run',
    );
    expect(refusal(root, update('README.md'), drop('README.md'))).toContain('twice');
    expect(refusal(root, create('a/X.ts'), create('a/x.ts'))).toBe('a/x.ts and a/X.ts differ only in case');
    expect(refusal(root, create('a/\u00e9.ts'), create('a/e\u0301.ts'))).toContain('differ only in case');
    expect(refusal(root, create('A/x.ts'), create('a/y.ts'))).toBe('a and A differ only in case');
    expect(refusal(root, create('a'), create('a/y.ts'))).toBe('a is to be a file and a folder (of a/y.ts)');
    expect(refusal(root, drop('README.md'), create('readme.md'))).toContain('differ only in case');
  });

  test('may not have a neighbour that differs only in case', () => {
    expect(refusal(root, create('readme.md'))).toBe('readme.md: README.md is there and differs only in case');
    expect(refusal(root, create('APP/old/x.ts'))).toBe('APP/old/x.ts: app is there and differs only in case');
  });
});

describe('a link', () => {
  test('in the place of the file is refused, wherever it leads', () => {
    symlinkSync(join(outside, 'secret.txt'), join(root, 'out.txt'));
    symlinkSync('README.md', join(root, 'in.txt'));
    symlinkSync('nowhere', join(root, 'dangling.txt'));
    symlinkSync('loop.txt', join(root, 'loop.txt'));
    for (const path of ['out.txt', 'in.txt', 'dangling.txt', 'loop.txt']) {
      for (const change of [
        create(path),
        update(path, sha256('outside\n')),
        drop(path, sha256('outside\n')),
      ]) {
        expect(refusal(root, change)).toMatch(`${path}: ${path} is a link to `);
      }
    }
  });

  test('on the way to the file is refused, wherever it leads', () => {
    symlinkSync(outside, join(root, 'out'));
    symlinkSync('app', join(root, 'in'));
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('../../', join(root, 'app/old/up'));
    expect(refusal(root, create('out/new.txt'))).toBe(
      `out/new.txt: out is a link to ${outside}; nothing is written through links`,
    );
    expect(refusal(root, update('out/secret.txt', sha256('outside\n')))).toContain('out is a link');
    expect(refusal(root, drop('in/page.tsx', beforeOf('app/page.tsx')))).toContain('in is a link to app');
    expect(refusal(root, create('loop/x.ts'))).toContain('loop is a link to loop');
    expect(refusal(root, create('app/old/up/x.ts'))).toContain('app/old/up is a link');
  });

  test('that comes in the way while the run is at work leads nowhere', () => {
    let asked = 0;
    const swap = () => {
      // After everything was prepared, before the first file is put in its place.
      if (!existsSync(join(root, 'scripts/.aims-fix-run-1-0.tmp')) || asked++ > 0) return false;
      renameSync(join(root, 'scripts'), join(root, 'moved'));
      symlinkSync(outside, join(root, 'scripts'));
      return false;
    };
    expect(() => commit(root, RUN, [update('scripts/run.sh')], { interrupted: swap })).toThrow(
      /scripts is a link/,
    );
    expect(asked).toBeGreaterThan(0);
    expect(snapshot(outside)).toEqual({ 'secret.txt': '644 "outside\\n"' });
  });

  test('in the place of the root is followed: it is where the user pointed', () => {
    const link = join(outside, 'project');
    symlinkSync(root, link);
    commit(link, RUN, CHANGES);
    expect(history(root).length).toBe(1);
  });

  test.each(['.aims-fix', '.aims-fix/runs', '.aims-fix/kept'])('in the place of %s is refused', (path) => {
    mkdirSync(join(root, '.aims-fix'));
    if (path === '.aims-fix') renameSync(join(root, path), join(outside, 'moved'));
    symlinkSync(outside, join(root, path));
    const before = snapshot(outside);
    expect(() => commit(root, RUN, CHANGES)).toThrow(/is not a folder/);
    expect(snapshot(outside)).toEqual(before);
  });
});
