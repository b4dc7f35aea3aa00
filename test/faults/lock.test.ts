import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefusedError } from '../../src/errors.ts';
import { type Holder, thisProcess } from '../../src/transaction/holder.ts';
import { holding, withLock } from '../../src/transaction/lock.ts';
import { commit } from '../../src/transaction/transaction.ts';
import { buildDriver, ended, run, start } from './children.ts';
import { inject, writesOf } from './inject.ts';
import { CHANGES, makeTree, newFolder, RUN, remove, snapshot } from './scenario.ts';

const home = newFolder();
let driver = '';
let count = 0;
beforeAll(async () => {
  driver = await buildDriver(home);
});
afterAll(() => remove(home));

function newRoot(): string {
  const root = join(home, String(++count));
  mkdirSync(join(root, '.aims-fix'), { recursive: true });
  writeFileSync(join(root, '.aims-fix/.gitignore'), '*\n');
  return root;
}

function lockOf(root: string): string {
  return join(root, '.aims-fix/lock');
}

/** A lock as a process of this host left it that has died, unless told otherwise. */
function putLock(root: string, change: Partial<Holder> = {}, name = 'lock'): Holder {
  const holder = { ...thisProcess('apply'), startTime: '1', ...change };
  writeFileSync(join(root, '.aims-fix', name), JSON.stringify(holder));
  return holder;
}

function stateOf(root: string): readonly string[] {
  return readdirSync(join(root, '.aims-fix')).sort();
}

async function refusal(root: string): Promise<RefusedError> {
  const before = stateOf(root);
  const error: unknown = await withLock(root, 'apply', () => 'taken').catch((thrown) => thrown);
  if (!(error instanceof RefusedError)) throw new Error(`not refused: ${String(error)}`);
  expect(error.exitCode).toBe(4);
  expect(stateOf(root)).toEqual(before);
  return error;
}

function takeOnce(root: string): 'won' | 'refused' {
  try {
    return holding(root, 'apply', () => 'won');
  } catch (error) {
    if (error instanceof RefusedError) return 'refused';
    throw error;
  }
}

/** Starts a second holder and stands still until it has won or was refused. */
function holdBeside(root: string, file: string): Promise<unknown> {
  const end = ended(start([process.execPath, driver, 'hold', root, file]));
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(`${file}.won`) && !existsSync(`${file}.refused`)) Atomics.wait(sleep, 0, 0, 5);
  return end;
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > 20_000) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('the lock', () => {
  test('is held while the function runs, nests, and is given back, also after a failure', async () => {
    const root = newRoot();
    await withLock(root, 'apply', async () => {
      expect(stateOf(root)).toEqual(['.gitignore', 'lock']);
      await withLock(root, 'undo', () => undefined);
      expect(stateOf(root)).toEqual(['.gitignore', 'lock']);
    });
    expect(stateOf(root)).toEqual(['.gitignore']);
    await expect(withLock(root, 'apply', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(stateOf(root)).toEqual(['.gitignore']);
  });

  test.each<[string, Partial<Holder>]>([
    ['whose pid now belongs to another process', {}],
    ['of a pid that is free', { pid: 2 ** 22 + 1 }],
    ['of before the last boot', { boot: 'another', startTime: thisProcess('').startTime }],
  ])('%s is taken over', async (_, change) => {
    const root = newRoot();
    putLock(root, change);
    expect(await withLock(root, 'apply', () => stateOf(root))).toEqual(['.gitignore', 'lock']);
    expect(stateOf(root)).toEqual(['.gitignore']);
  });

  test('of someone who died taking over from the dead is taken over too', async () => {
    const root = newRoot();
    const first = putLock(root);
    const second = putLock(root, {}, `lock.after-${first.id}`);
    putLock(root, {}, `lock.after-${second.id}`);
    expect(await withLock(root, 'apply', () => stateOf(root))).toEqual(['.gitignore', 'lock']);
    expect(stateOf(root)).toEqual(['.gitignore']);
  });

  test('of someone alive who is taking over from the dead is respected', async () => {
    const root = newRoot();
    const first = putLock(root);
    putLock(root, { startTime: thisProcess('').startTime }, `lock.after-${first.id}`);
    expect((await refusal(root)).message).toContain('is at work here');
  });

  test('of another host is refused, and so is that of another container', async () => {
    for (const change of [{ host: 'elsewhere' }, { namespace: 'pid:[1]' }]) {
      const root = newRoot();
      putLock(root, change);
      const { message, hint } = await refusal(root);
      expect(message).toMatch(
        /^aims-fix \(apply, pid \d+ on \S+, since \S+\) holds the lock, and nobody here/,
      );
      expect(message).toContain(change.host ?? hostname());
      expect(hint).toContain('remove .aims-fix/lock');
    }
  });

  test.each(['', '{', '[]', '{"pid":1}', '\0\0\0\0', `{"id":"../../x","pid":1}`])(
    'that reads %j is refused, and the hint names the file',
    async (text) => {
      const root = newRoot();
      writeFileSync(lockOf(root), text);
      expect((await refusal(root)).hint).toContain(`then remove ${lockOf(root)}`);
      expect(readFileSync(lockOf(root), 'utf8')).toBe(text);
    },
  );

  test('that is a folder or a link is refused', async () => {
    const [folder, link] = [newRoot(), newRoot()];
    mkdirSync(lockOf(folder));
    symlinkSync('nowhere', lockOf(link));
    for (const root of [folder, link]) expect((await refusal(root)).hint).toContain('remove');
    expect(existsSync(join(link, '.aims-fix/nowhere'))).toBe(false);
  });

  test('is not taken from a process that is stopped, and is when it is killed', async () => {
    const root = newRoot();
    const child = start([process.execPath, driver, 'hold', root, join(home, 'stopped')]);
    const end = ended(child);
    await until(() => existsSync(join(home, 'stopped.won')));
    child.kill('SIGSTOP');
    expect((await refusal(root)).message).toMatch(/^another aims-fix \(hold, pid \d+ on /);
    child.kill('SIGKILL');
    expect((await end).signal).toBe('SIGKILL');
    expect(await withLock(root, 'apply', () => 'taken')).toBe('taken');
  });

  test('of a process that ended and was never collected (a zombie) is taken over', async () => {
    // A shell that replaces itself never collects its child, which stays as a zombie.
    const root = newRoot();
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 5'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [pid] = await once(parent.stdout, 'data');
    const stat = `/proc/${Number(pid)}/stat`;
    if (!existsSync(stat)) return;
    await until(() => / Z /.test(readFileSync(stat, 'utf8')));
    const startTime = readFileSync(stat, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
    putLock(root, { pid: Number(pid), startTime });
    expect(await withLock(root, 'apply', () => 'taken')).toBe('taken');
    parent.kill();
  });
});

describe('many at once', () => {
  test('of eight starters on a stale lock exactly one wins', async () => {
    for (let round = 0; round < 3; round++) {
      const root = newRoot();
      const first = putLock(root);
      if (round > 0) putLock(root, {}, `lock.after-${first.id}`);
      const files = Array.from({ length: 8 }, (_, index) => join(home, `race-${round}-${index}`));
      const env = { START_AT: String(Date.now() + 1500) };
      const ends = files.map((file) => ended(start([process.execPath, driver, 'hold', root, file], env)));
      const decided = (verdict: string) => files.filter((file) => existsSync(`${file}.${verdict}`));
      await until(() => decided('won').length + decided('refused').length >= 8);
      expect([decided('won').length, decided('refused').length]).toEqual([1, 7]);
      for (const file of files) writeFileSync(file, '');
      expect((await Promise.all(ends)).map(({ code }) => code).sort()).toEqual([0, 4, 4, 4, 4, 4, 4, 4]);
      expect(stateOf(root)).toEqual(['.gitignore']);
    }
  }, 60_000);

  // The first starter stands still at each of its operations in turn, while a second one comes and goes, or stays.
  test.each(['stays', 'goes'])(
    'a second starter may cut in at any operation (it %s)',
    async (manner) => {
      const measured = newRoot();
      putLock(measured);
      const total = writesOf(measured, () => expect(takeOnce(measured)).toBe('won')).length;
      expect(total).toBeGreaterThan(8);
      for (let at = 1; at <= total; at++) {
        const root = newRoot();
        putLock(root);
        const file = join(home, `cut-${manner}-${at}`);
        let seen = 0;
        let end: Promise<unknown> = Promise.resolve();
        const restore = inject(root, ({ writes }) => {
          if (!writes || ++seen !== at) return undefined;
          if (manner === 'goes') spawnSync(process.execPath, [driver, 'touch', root]);
          else end = holdBeside(root, file);
          return undefined;
        });
        const first = takeOnce(root);
        restore();
        const second = existsSync(`${file}.won`) ? 'won' : 'refused';
        if (manner === 'goes') expect(first, `${at}`).toBe('won');
        else expect([first, second].sort(), `${at}`).toEqual(['refused', 'won']);
        writeFileSync(file, '');
        await end;
        expect(takeOnce(root), `${at}`).toBe('won');
        expect(stateOf(root), `${at}`).toEqual(['.gitignore']);
      }
    },
    60_000,
  );

  test('a second run is refused while the first one writes', async () => {
    const root = newFolder();
    makeTree(root);
    const codes: unknown[] = [];
    const beforeClose = () => {
      for (const command of ['commit', 'undo', 'recover'])
        codes.push(spawnSync(process.execPath, [driver, command, root]).status);
    };
    commit(root, RUN, CHANGES, { beforeClose });
    expect(codes).toEqual([4, 4, 4]);
    const written = snapshot(root);
    expect((await run(driver, 'undo', root)).code).toBe(0);
    expect(snapshot(root)).not.toEqual(written);
    remove(root);
  });
});
