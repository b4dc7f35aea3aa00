import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '../../src/transaction/transaction.ts';
import { undo } from '../../src/transaction/undo.ts';
import { buildDriver } from './children.ts';
import { inject } from './inject.ts';
import { create, drop, refusal, update } from './refusals.ts';
import { CHANGES, litter, makeTree, newFolder, put, RUN, remove, sha256, snapshot } from './scenario.ts';

// A target that moves, or that belongs to someone else.

const used: string[] = [];
let root = '';
beforeEach(() => {
  root = newRoot();
});
afterAll(() => used.forEach(remove));

function newRoot(): string {
  const folder = newFolder();
  used.push(folder);
  makeTree(folder);
  return folder;
}

describe('what the plan did not see', () => {
  test('a file that appeared, changed or went is refused, before anything is written', () => {
    expect(refusal(root, update('docs/windows.md'), create('README.md'))).toBe(
      'README.md exists already; it is not replaced',
    );
    put(root, 'README.md', 'edited\n');
    expect(refusal(root, create('x.ts'), update('README.md'))).toBe(
      'README.md changed since the plan was made; the plan is stale',
    );
    expect(refusal(root, create('x.ts'), drop('README.md'))).toContain('the plan is stale');
    expect(refusal(root, create('x.ts'), update('gone.md', sha256('gone')))).toBe(
      'gone.md is gone since the plan was made; the plan is stale',
    );
    expect(refusal(root, create('app'))).toBe('app is not a regular file');
    expect(refusal(root, create('README.md/x.ts'))).toBe('README.md/x.ts: README.md is not a folder');
  });

  // The edit happens at each moment between the lock and the last rename.
  test('a file that is edited while the run is at work keeps the edit, and the rest is rolled back', () => {
    for (const path of ['docs/windows.md', 'scripts/backup.sh', 'app/legacy/deep/second.ts']) {
      let refused = 0;
      for (let at = 1; ; at++) {
        const target = newRoot();
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
    const driver = await buildDriver(newRoot());
    // All of the tree may be written, but for one folder.
    const nobody = 65534;
    if (isRoot)
      for (const path of ['', ...Object.keys(snapshot(root))]) chownSync(join(root, path), nobody, nobody);
    if (isRoot) chownSync(join(root, 'docs'), 0, 0);
    chmodSync(join(root, 'docs'), 0o555);
    const before = snapshot(root);
    const user = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];
    const [file = '', ...args] = [...user, process.execPath, driver, 'commit', root];
    const state = newRoot();
    if (isRoot) chownSync(state, nobody, nobody);
    const env = { ...process.env, XDG_STATE_HOME: state };
    const { status, stderr } = spawnSync(file, args, { encoding: 'utf8', env });
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
  expect(spawnSync('git', ['init', '-q'], { cwd: root }).status).toBe(0);
  commit(root, RUN, CHANGES);
  const { stdout } = spawnSync('git', ['status', '--porcelain', '-uall'], { cwd: root, encoding: 'utf8' });
  expect(stdout).toContain('scripts/backup.sh');
  expect(stdout).not.toContain('aims-fix');
});
