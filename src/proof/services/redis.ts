import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { FailedError } from '../../errors.ts';
import type { Redis } from '../../world.ts';
import { freePort, waitForPort } from '../ports.ts';
import { bareEnvironment, type Programs, type Running } from '../programs.ts';

/** A real redis-server with a password and append-only persistence, as the Compose file of the target runs it. */
export interface RedisServer {
  readonly redis: Redis;
  readonly port: number;
  readonly password: string;
  stop(): Promise<void>;
}

const START_SECONDS = 10;

/** @throws FailedError when it does not come up. */
export async function startRedis(programs: Programs, file: string, dir: string): Promise<RedisServer> {
  await mkdir(dir, { recursive: true });
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  let server: Running | undefined;
  const start = async () => {
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes'];
    server = programs.start(file, [...args, '--requirepass', password], { cwd: dir, env: bareEnvironment() });
    const started = server;
    if (!(await waitForPort(port, START_SECONDS, () => !started.ended())))
      throw new FailedError(`redis-server did not start: ${started.output().trim().split('\n').at(-1)}`);
  };
  const stop = async () => server?.stop();
  await start();
  return {
    port,
    password,
    stop,
    redis: {
      url: `redis://:${password}@127.0.0.1:${port}`,
      start,
      stop,
      async command(...words) {
        const { stdout, stderr } = await programs.run('redis-cli', ['-p', `${port}`, '--raw', ...words], {
          cwd: dir,
          env: { ...bareEnvironment(), REDISCLI_AUTH: password },
          seconds: 10,
        });
        return (stdout || stderr).replace(/\n$/, '');
      },
    },
  };
}
