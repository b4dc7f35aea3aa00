import { UsageError } from '../errors.ts';

/** The process as commands see it, so that tests can hand them another. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): void; readonly isTTY: boolean; readonly columns: number };
  readonly stderr: { write(text: string): void; readonly isTTY: boolean };
  /** Asks yes or no; only called when stdin and stderr are a terminal. A signal is a no. */
  confirm(question: string, signal: AbortSignal): Promise<boolean>;
  /** Resolves when everything is written, with the reason why not; a reader that went away (`| head`) is none. */
  flushed?(): Promise<string | undefined>;
  readonly interactive: boolean;
  now(): Date;
}

/** The real process. A closed pipe (`| head`) ends quietly. */
export function processIo(): Io {
  let broken: string | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') broken ??= error.message;
  });
  // There is nowhere left to say it.
  process.stderr.on('error', () => undefined);
  return {
    get cwd() {
      return currentFolder();
    },
    env: process.env,
    stdout: {
      write: (text) => void process.stdout.write(text),
      isTTY: process.stdout.isTTY ?? false,
      columns: process.stdout.columns ?? 100,
    },
    stderr: { write: (text) => void process.stderr.write(text), isTTY: process.stderr.isTTY ?? false },
    confirm: askOnTerminal,
    // Node opens stdin when it is first looked at, and only a question looks.
    get interactive() {
      return Boolean(process.stdin.isTTY && process.stderr.isTTY && !process.env.CI);
    },
    now: () => new Date(),
    flushed: () =>
      new Promise((resolve) => {
        process.stdout.write('', () => setImmediate(() => resolve(broken)));
      }),
  };
}

/** @throws UsageError in a folder that was removed meanwhile. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new UsageError('the folder that this was started in is gone', 'Change to one that exists.');
  }
}

async function askOnTerminal(question: string, signal: AbortSignal): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = confirm({ message: question, initialValue: false, output: process.stderr, signal });
  // At the end of the input (Ctrl-D) the question is never answered, and nothing is left to wait for.
  const ended = new Promise<false>((resolve) => void process.once('beforeExit', () => resolve(false)));
  const given = await Promise.race([answer, ended]);
  return !isCancel(given) && given;
}
