/**
 * Notices SIGINT and SIGTERM. The first one asks the work to stop and roll back; a second one ends the process
 * at once, and the journal tells the next start what to recover.
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
  /** 130 or 143 after a signal, otherwise undefined. */
  exitCode(): 130 | 143 | undefined;
  dispose(): void;
}

export function listenForSignals(): Signals {
  let received: 130 | 143 | undefined;
  let late = false;
  let count = 0;
  const abort = new AbortController();
  const on = (code: 130 | 143) => () => {
    count += 1;
    if (count > 1) process.kill(process.pid, 'SIGKILL');
    if (late) return;
    received = code;
    abort.abort();
  };
  const handlers = { SIGINT: on(130), SIGTERM: on(143) } as const;
  process.on('SIGINT', handlers.SIGINT);
  process.on('SIGTERM', handlers.SIGTERM);
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
    dispose: () => {
      process.off('SIGINT', handlers.SIGINT);
      process.off('SIGTERM', handlers.SIGTERM);
    },
  };
}

function nextCheck(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
