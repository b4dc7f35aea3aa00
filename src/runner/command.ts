import { spawn } from 'node:child_process';

/** A command of another program: no shell, no stdin, its own process group. */
export interface CommandRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Asked while it runs; true ends it. */
  readonly interrupted?: (() => boolean) | undefined;
}

/** How it ended. `output` is the end of what it said, on both channels, in the order it came. */
export type CommandResult =
  | { readonly kind: 'exited'; readonly code: number | null; readonly output: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'interrupted' };

const KEPT_OUTPUT = 64 * 1024;
const POLL_MS = 100;

/** Runs a command. When it takes too long or is interrupted, it is killed with everything it started. */
export function runCommand(request: CommandRequest): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const { file, args, cwd, env } = request;
    const child = spawn(file, args, {
      cwd,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const keep = (chunk: string) => {
      output = (output + chunk).slice(-KEPT_OUTPUT);
    };
    // Where there are no more files to open there are no channels either.
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', keep);
    const kill = () => killGroup(child.pid);
    const watch = watchOver(request, kill);
    child.on('error', (error: NodeJS.ErrnoException) => {
      watch.settle();
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ kind: 'missing' });
      else reject(error);
    });
    // What it left running would hold the pipes open, and with them this promise.
    child.on('exit', kill);
    child.on('close', (code) => {
      const cut = watch.settle();
      resolve(cut === undefined ? { kind: 'exited', code, output } : { kind: cut });
    });
  });
}

/** Kills when the time is over, somebody interrupts or this process ends; `settle` says which, and lets go. */
function watchOver({ timeoutMs, interrupted }: CommandRequest, kill: () => void) {
  let cut: 'timeout' | 'interrupted' | undefined;
  const end = (reason: 'timeout' | 'interrupted') => {
    cut ??= reason;
    kill();
  };
  const timeout = setTimeout(end, timeoutMs, 'timeout');
  const poll = setInterval(() => {
    if (interrupted?.()) end('interrupted');
  }, POLL_MS);
  process.on('exit', kill);
  const settle = () => {
    clearTimeout(timeout);
    clearInterval(poll);
    process.off('exit', kill);
    return cut;
  };
  return { settle };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
