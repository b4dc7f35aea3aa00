/**
 * Notices SIGINT and SIGTERM. The first one asks the work to stop and roll back; a second one ends the process
 * at once, and the journal tells the next start what to recover.
 */
export interface Signals {
  /** Whether a signal has come. */
  interrupted(): boolean;
  /** The same for what waits on an AbortSignal. */
  readonly signal: AbortSignal;
  /** 130 or 143 after a signal, otherwise undefined. */
  exitCode(): 130 | 143 | undefined;
  dispose(): void;
}

export function listenForSignals(): Signals {
  let received: 130 | 143 | undefined;
  const abort = new AbortController();
  const on = (code: 130 | 143) => () => {
    if (received !== undefined) process.kill(process.pid, 'SIGKILL');
    received = code;
    abort.abort();
  };
  const handlers = { SIGINT: on(130), SIGTERM: on(143) } as const;
  process.on('SIGINT', handlers.SIGINT);
  process.on('SIGTERM', handlers.SIGTERM);
  return {
    interrupted: () => received !== undefined,
    signal: abort.signal,
    exitCode: () => received,
    dispose: () => {
      process.off('SIGINT', handlers.SIGINT);
      process.off('SIGTERM', handlers.SIGTERM);
    },
  };
}
