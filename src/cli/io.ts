/** The process as commands see it, so that tests can hand them another. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): void; readonly isTTY: boolean; readonly columns: number };
  readonly stderr: { write(text: string): void; readonly isTTY: boolean };
  /** Asks yes or no; only called when stdin and stderr are a terminal. */
  confirm(question: string): Promise<boolean>;
  readonly interactive: boolean;
  now(): Date;
}

/** The real process. A closed pipe (`| head`) ends quietly. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: {
      write: (text) => void process.stdout.write(text),
      isTTY: process.stdout.isTTY ?? false,
      columns: process.stdout.columns ?? 100,
    },
    stderr: { write: (text) => void process.stderr.write(text), isTTY: process.stderr.isTTY ?? false },
    confirm: askOnTerminal,
    interactive: Boolean(process.stdin.isTTY && process.stderr.isTTY && !process.env.CI),
    now: () => new Date(),
  };
}

async function askOnTerminal(question: string): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  return !isCancel(answer) && answer;
}
