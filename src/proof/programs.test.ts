import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { testWith } from '../../test/programs.ts';
import { bareEnvironment, createPrograms } from './programs.ts';
import { startRedis } from './services/redis.ts';

const cwd = mkdtempSync(join(tmpdir(), 'aims-fix-programs-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const env = bareEnvironment();

/** Whether it still runs; one that ended and was not collected by its parent does not. */
function runs(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' });
  return /^[^Z\s]/.test(stdout.trim());
}

describe('programs', () => {
  test('an exit code is an answer, and nothing of our environment is inherited', async () => {
    process.env.PROOF_TEST_SECRET = 'x';
    const programs = createPrograms(new AbortController().signal);
    const ran = await programs.run(
      'sh',
      ['-c', 'echo out; echo err >&2; echo "[$PROOF_TEST_SECRET]"; exit 3'],
      { cwd, env },
    );
    expect(ran).toEqual({ exitCode: 3, stdout: 'out\n[]\n', stderr: 'err\n' });
  });

  test('a program that is not there has no exit code, and says so', async () => {
    const programs = createPrograms(new AbortController().signal);
    const { exitCode, stderr } = await programs.run('no-such-program', [], { cwd, env });
    expect(exitCode).toBeUndefined();
    expect(stderr).toContain('ENOENT');
  });

  testWith(['ps'], 'what takes too long ends, with everything that it started', async () => {
    const programs = createPrograms(new AbortController().signal);
    const { exitCode, stdout } = await programs.run('sh', ['-c', 'sleep 60 & echo $!; wait'], {
      cwd,
      env,
      seconds: 1,
    });
    expect(exitCode).toBeUndefined();
    expect(runs(Number(stdout.trim()))).toBe(false);
  });

  // A development server or a daemon does this: it leaves the group and the session, and keeps the channels.
  const daemon = (stdio: string) =>
    `const c = require('child_process').spawn('sleep', ['60'], { detached: true, stdio: '${stdio}' }); console.log(c.pid); c.unref();`;

  testWith(['ps'], 'a daemon that holds the channels open keeps nobody waiting', async () => {
    const programs = createPrograms(new AbortController().signal);
    const started = performance.now();
    const { exitCode, stdout } = await programs.run('node', ['-e', daemon('inherit')], { cwd, env });
    expect(exitCode).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
    await programs.stopAll();
    expect(runs(Number(stdout.trim()))).toBe(false);
  });

  testWith(['ps'], 'a daemon that left the group and the session ends with the run', async () => {
    const programs = createPrograms(new AbortController().signal);
    const { stdout } = await programs.run('node', ['-e', daemon('ignore')], { cwd, env });
    expect(runs(Number(stdout.trim()))).toBe(true);
    await programs.stopAll();
    expect(runs(Number(stdout.trim()))).toBe(false);
  });

  test('an abort ends what runs, and nothing starts afterwards', async () => {
    const abort = new AbortController();
    const programs = createPrograms(abort.signal);
    const running = programs.start('sleep', ['60'], { cwd, env });
    abort.abort();
    await programs.stopAll();
    expect(running.ended()).toBe(true);
    expect(() => programs.start('sleep', ['60'], { cwd, env })).toThrow();
  });
});

testWith(
  ['redis-server'],
  'a redis-server with a password keeps its data over a restart and ends with the run',
  async () => {
    const programs = createPrograms(new AbortController().signal);
    const { redis, stop, port } = await startRedis(programs, 'redis-server', join(cwd, 'redis'));
    expect(await redis.command('SET', 'key', 'value')).toBe('OK');
    await redis.stop();
    await redis.start();
    expect(await redis.command('GET', 'key')).toBe('value');
    const stranger = await programs.run('redis-cli', ['-p', `${port}`, 'GET', 'key'], { cwd, env });
    expect(stranger.stdout).toContain('NOAUTH');
    await stop();
    expect(await redis.command('PING')).toContain('refused');
  },
);
