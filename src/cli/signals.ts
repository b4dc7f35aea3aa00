import { FailedError } from '../errors.ts';

/** The exit code that a shell gives to a process that a signal ended. */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131 } as const;
type SignalName = keyof typeof CODES;
export type SignalCode = (typeof CODES)[SignalName];
const NAMES: readonly SignalName[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Notices the signals by which a person, a system or a closed terminal ends a process. The first one asks the work to
 * stop and roll back; a second one ends the process at once, and the journal tells the next start what to recover.
 */
export interface Signals {
  /** Whether a signal has been seen. Signals are seen between turns only: see `look`. */
  interrupted(): boolean;
  /** Lets a signal that has come meanwhile be seen, and tells whether one was. */
  look(): Promise<boolean>;
  /** From here on a signal changes nothing: what was done stands, and the exit code says so. */
  tooLate(): void;
  /** The same for what waits on an AbortSignal. */
  readonly signal: AbortSignal;
  /** The code of the signal that came, otherwise undefined. */
  exitCode(): SignalCode | undefined;
}

/** Listens until the process ends: a signal of its last moments must not make a failure of what was done. */
export function listenForSignals(): Signals {
  let received: SignalCode | undefined;
  let late = false;
  let count = 0;
  const abort = new AbortController();
  const on = (code: SignalCode) => () => {
    count += 1;
    if (count > 1) process.kill(process.pid, 'SIGKILL');
    if (late) return;
    received = code;
    abort.abort();
  };
  for (const name of NAMES) {
    // What the entry listened with until we were loaded.
    process.removeAllListeners(name);
    process.on(name, on(CODES[name]));
  }
  return {
    interrupted: () => received !== undefined,
    look: async () => {
      // Signals come in where the loop polls; a turn that runs there reaches the first of these without polling.
      await nextCheck();
      await nextCheck();
      return received !== undefined;
    },
    tooLate: () => {
      late = true;
    },
    signal: abort.signal,
    exitCode: () => received,
  };
}

/**
 * Lets a signal be seen between two pieces of work that write nothing.
 * @throws FailedError when one was.
 */
export async function requireUninterrupted(signals: Signals): Promise<void> {
  if (await signals.look()) throw new FailedError('interrupted; nothing was written');
}

function nextCheck(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
