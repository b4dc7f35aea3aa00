import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type Options, type ResultPromise } from 'execa';
import type { Ran } from '../world.ts';
import { endMarked, MARK } from './stray.ts';

export interface ProgramOptions {
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string | undefined;
  readonly seconds?: number | undefined;
  /** Run as this user and group; only root may. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
}

/** A program that runs until it is stopped. */
export interface Running {
  readonly pid: number | undefined;
  /** What it wrote to both channels so far, its end where it is long. */
  output(): string;
  /** Whether it ended by itself. */
  ended(): boolean;
  /** Asks the whole process group to end, then makes it. */
  stop(): Promise<void>;
}

/** The programs of a run. Each has a process group of its own, so that what it starts ends with it. */
export interface Programs {
  run(file: string, args: readonly string[], options: ProgramOptions): Promise<Ran>;
  start(file: string, args: readonly string[], options: ProgramOptions): Running;
  /** Ends every program that is still running. */
  stopAll(): Promise<void>;
}

const KEPT = 256 * 1024;
const GRACE_MS = 3000;
/** How long what a program left running may keep its channels open. */
const PIPES_MS = 500;

export function createPrograms(signal: AbortSignal): Programs {
  const running = new Set<Running>();
  const mark = randomBytes(12).toString('hex');
  const start = (file: string, args: readonly string[], options: ProgramOptions): Running => {
    signal.throwIfAborted();
    const env = { ...options.env, [MARK]: mark };
    const child = execa(file, [...args], execaOptions({ ...options, env }));
    const program = track(child, () => running.delete(program));
    running.add(program);
    return program;
  };
  const stopAll = async () => {
    await Promise.all([...running].map((program) => program.stop()));
    endMarked(mark);
  };
  signal.addEventListener('abort', () => void stopAll(), { once: true });
  return { start, stopAll, run: (file, args, options) => runToEnd(start, file, args, options) };
}

async function runToEnd(
  start: Programs['start'],
  file: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Ran> {
  const program = start(file, args, options) as TrackedProgram;
  const limit = new AbortController();
  const seconds = options.seconds ?? 120;
  const timer = sleep(seconds * 1000, undefined, { signal: limit.signal }).then(
    () => program.stop(),
    () => undefined,
  );
  const result = await program.result;
  limit.abort();
  await timer;
  return result;
}

interface TrackedProgram extends Running {
  readonly result: Promise<Ran>;
}

function track(child: ResultPromise<Options>, forget: () => void): TrackedProgram {
  const text = textOf(child);
  let ended = false;
  let stopped = false;
  closeChannels(child);
  const result = Promise.resolve(child).then(({ exitCode, originalMessage }): Ran => {
    ended = true;
    forget();
    // What it left behind would go on running.
    signalGroup(child.pid, 'SIGKILL');
    const code = stopped ? undefined : exitCode;
    const stderr = text.stderr || (exitCode === undefined ? (originalMessage ?? '') : '');
    return { exitCode: code, stdout: text.stdout, stderr };
  });
  return {
    pid: child.pid,
    result,
    output: () => text.both,
    ended: () => ended,
    async stop() {
      if (ended) return;
      stopped = true;
      signalGroup(child.pid, 'SIGTERM');
      await Promise.race([result, sleep(GRACE_MS, undefined, { ref: false })]);
      signalGroup(child.pid, 'SIGKILL');
      await result;
    },
  };
}

/** The end of what a program says, on each channel and on both in the order it came. */
function textOf(child: ResultPromise<Options>) {
  const text = { stdout: '', stderr: '', both: '' };
  const keep = (channel: 'stdout' | 'stderr') => (chunk: Buffer | string) => {
    text[channel] = (text[channel] + String(chunk)).slice(-KEPT * 4);
    text.both = (text.both + String(chunk)).slice(-KEPT);
  };
  child.stdout?.on('data', keep('stdout'));
  child.stderr?.on('data', keep('stderr'));
  return text;
}

/** Whatever left the group may hold the channels open, and with them the promise of the result. */
function closeChannels(child: ResultPromise<Options>): void {
  child.once('exit', () => {
    signalGroup(child.pid, 'SIGKILL');
    setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, PIPES_MS).unref();
  });
}

function execaOptions({ cwd, env, input, owner }: ProgramOptions): Options {
  return {
    cwd,
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    extendEnv: false,
    reject: false,
    buffer: false,
    detached: true,
    cleanup: true,
    stripFinalNewline: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...(owner ?? {}),
  };
}

function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** PATH, HOME and a temporary folder: what cron or a container would give, and no secret of the caller. */
export function bareEnvironment(): Readonly<Record<string, string | undefined>> {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG };
}
