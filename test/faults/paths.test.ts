import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RefusedError } from '../../src/errors.ts';
import { history } from '../../src/transaction/recover.ts';
import { commit } from '../../src/transaction/transaction.ts';
import type { Change, CommitHooks } from '../../src/transaction/types.ts';
import { undo } from '../../src/transaction/undo.ts';
import { buildDriver } from './children.ts';
import { inject } from './inject.ts';
import {
  beforeOf,
  CHANGES,
  litter,
  makeTree,
  newFolder,
  put,
  RUN,
  remove,
  sha256,
  snapshot,
} from './scenario.ts';

// What must never be written, whatever a plan says: each is refused before anything is written.

let root = '';
let outside = '';
beforeEach(() => {
  root = newFolder();
  outside = newFolder();
  makeTree(root);
  put(outside, 'secret.txt', 'outside\n');
});
const used: string[] = [];
afterEach(() => used.push(root, outside));
afterAll(() => used.forEach(remove));

function create(path: string): Change {
  return { kind: 'create', path, after: Buffer.from('new\n'), mode: 0o644 };
}

function update(path: string, before = beforeOf(path)): Change {
  return { kind: 'update', path, before, after: Buffer.from('new\n') };
}

function drop(path: string, before = beforeOf(path)): Change {
  return { kind: 'delete', path, before };
}

/** The message with which the changes are refused; nothing may be left behind. */
function refusal(changes: readonly Change[], hooks: CommitHooks = {}): string {
  const before = [snapshot(root), snapshot(outside)];
  let refused: unknown;
  try {
    commit(root, RUN, changes, hooks);
  } catch (error) {
    refused = error;
  }
  if (!(refused instanceof RefusedError)) throw new Error(`not refused: ${String(refused)}`);
  expect([snapshot(root), snapshot(outside)]).toEqual(before);
  expect(litter(root, [])).toEqual([]);
  expect(history(root)).toEqual([]);
  return refused.message;
}

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
      expect(refusal([update('README.md'), change])).toMatch(reason);
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
    expect(refusal([create('a/x.ts'), create('a/x.ts')])).toBe('a/x.ts is to be written twice in one run');
    expect(refusal([update('README.md'), drop('README.md')])).toContain('twice');
    expect(refusal([create('a/X.ts'), create('a/x.ts')])).toBe('a/x.ts and a/X.ts differ only in case');
    expect(refusal([create('a/\u00e9.ts'), create('a/e\u0301.ts')])).toContain('differ only in case');
    expect(refusal([create('A/x.ts'), create('a/y.ts')])).toBe('a and A differ only in case');
    expect(refusal([create('a'), create('a/y.ts')])).toBe('a is to be a file and a folder (of a/y.ts)');
    expect(refusal([drop('README.md'), create('readme.md')])).toContain('differ only in case');
  });

  test('may not have a neighbour that differs only in case', () => {
    expect(refusal([create('readme.md')])).toBe('readme.md: README.md is there and differs only in case');
    expect(refusal([create('APP/old/x.ts')])).toBe('APP/old/x.ts: app is there and differs only in case');
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
        expect(refusal([change])).toMatch(`${path}: ${path} is a link to `);
      }
    }
  });

  test('on the way to the file is refused, wherever it leads', () => {
    symlinkSync(outside, join(root, 'out'));
    symlinkSync('app', join(root, 'in'));
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('../../', join(root, 'app/old/up'));
    expect(refusal([create('out/new.txt')])).toBe(
      `out/new.txt: out is a link to ${outside}; nothing is written through links`,
    );
    expect(refusal([update('out/secret.txt', sha256('outside\n'))])).toContain('out is a link');
    expect(refusal([drop('in/page.tsx', beforeOf('app/page.tsx'))])).toContain('in is a link to app');
    expect(refusal([create('loop/x.ts')])).toContain('loop is a link to loop');
    expect(refusal([create('app/old/up/x.ts')])).toContain('app/old/up is a link');
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

describe('what the plan did not see', () => {
  test('a file that appeared, changed or went is refused, before anything is written', () => {
    expect(refusal([update('docs/windows.md'), create('README.md')])).toBe(
      'README.md exists already; it is not replaced',
    );
    put(root, 'README.md', 'edited\n');
    expect(refusal([create('x.ts'), update('README.md')])).toBe(
      'README.md changed since the plan was made; the plan is stale',
    );
    expect(refusal([create('x.ts'), drop('README.md')])).toContain('the plan is stale');
    expect(refusal([create('x.ts'), update('gone.md', sha256('gone'))])).toBe(
      'gone.md is gone since the plan was made; the plan is stale',
    );
    expect(refusal([create('app')])).toBe('app is not a regular file');
    expect(refusal([create('README.md/x.ts')])).toBe('README.md/x.ts: README.md is not a folder');
  });

  // The edit happens at each moment between the lock and the last rename.
  test('a file that is edited while the run is at work keeps the edit, and the rest is rolled back', () => {
    for (const path of ['docs/windows.md', 'scripts/backup.sh', 'app/legacy/deep/second.ts']) {
      let refused = 0;
      for (let at = 1; ; at++) {
        const target = newFolder();
        used.push(target);
        makeTree(target);
        const before = snapshot(target);
        let asked = 0;
        const interrupted = () => {
          if (++asked === at) put(target, path, 'edited\n');
          return false;
        };
        try {
          commit(target, RUN, CHANGES, { interrupted });
          break;
        } catch (error) {
          refused++;
          expect(error).toMatchObject({ exitCode: expect.toSatisfy((code) => code === 4 || code === 5) });
          const now = { ...snapshot(target) };
          expect(now[path], `${path} ${at}`).toBe('644 "edited\\n"');
          expect({ ...now, [path]: before[path] }, `${path} ${at}`).toEqual({
            ...before,
            [path]: before[path],
          });
        }
        if (asked < at) break;
      }
      expect(refused, path).toBeGreaterThan(10);
    }
  });

  test('a file that appears at the very last moment is not replaced', () => {
    const before = snapshot(root);
    const restore = inject(root, ({ name, to }) => {
      if (name === 'linkSync' && to?.endsWith('backup.sh')) put(root, 'scripts/backup.sh', 'mine\n');
      return undefined;
    });
    expect(() => commit(root, RUN, CHANGES)).toThrow('scripts/backup.sh came into being meanwhile');
    restore();
    expect(snapshot(root)).toEqual({ ...before, 'scripts/backup.sh': '644 "mine\\n"' });
  });
});

describe('as another user', () => {
  const isRoot = process.getuid?.() === 0;

  test('a folder that may not be written is refused and named, and nothing changes', async () => {
    const driver = await buildDriver(outside);
    // All of the tree may be written, but for one folder.
    const nobody = 65534;
    if (isRoot)
      for (const path of ['', ...Object.keys(snapshot(root))]) chownSync(join(root, path), nobody, nobody);
    if (isRoot) chownSync(join(root, 'docs'), 0, 0);
    chmodSync(join(root, 'docs'), 0o555);
    const before = snapshot(root);
    const user = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];
    const [file = '', ...args] = [...user, process.execPath, driver, 'commit', root];
    const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' });
    expect(stderr).toBe('docs/windows.md: permission denied (EACCES); everything was rolled back\n');
    expect(status).toBe(4);
    expect(snapshot(root)).toEqual(before);
    expect(litter(root, [])).toEqual([]);
    chmodSync(join(root, 'docs'), 0o755);
  });

  test.runIf(isRoot)('files keep their owner, through a run and its undo', () => {
    chownSync(join(root, 'scripts/run.sh'), 1234, 2345);
    chownSync(join(root, 'app/old/gone.ts'), 1234, 2345);
    chownSync(join(root, 'app/old'), 1234, 2345);
    const ownerOf = (path: string) => [lstatSync(join(root, path)).uid, lstatSync(join(root, path)).gid];
    commit(root, RUN, CHANGES);
    expect(ownerOf('scripts/run.sh')).toEqual([1234, 2345]);
    undo(root);
    for (const path of ['scripts/run.sh', 'app/old/gone.ts', 'app/old'])
      expect(ownerOf(path)).toEqual([1234, 2345]);
  });
});

test('the state folder ignores itself', () => {
  writeFileSync(join(root, '.gitignore'), '');
  expect(spawnSync('git', ['init', '-q'], { cwd: root }).status).toBe(0);
  commit(root, RUN, CHANGES);
  const { stdout } = spawnSync('git', ['status', '--porcelain', '-uall'], { cwd: root, encoding: 'utf8' });
  expect(stdout).toContain('scripts/backup.sh');
  expect(stdout).not.toContain('aims-fix');
});
