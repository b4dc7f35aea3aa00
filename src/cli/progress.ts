import type { Progress } from '../proof/prove.ts';
import { visible } from '../words/visible.ts';
import type { Io } from './io.ts';

const SYMBOLS = { pass: '✓', fail: '✗', skip: '–' } as const;
const TICK_MS = 1000;

/** Tells on stderr what is going on and how long it takes; on a terminal the running step counts its seconds. */
export function createProgress({ stderr }: Pick<Io, 'stderr'>): Progress {
  let ticking: NodeJS.Timeout | undefined;
  return {
    begin(step) {
      if (!stderr.isTTY) return;
      const started = performance.now();
      const show = () =>
        stderr.write(`\r\u001b[2K… ${visible(step)} (${Math.round((performance.now() - started) / 1000)} s)`);
      show();
      ticking = setInterval(show, TICK_MS).unref();
    },
    end(step, seconds, outcome) {
      clearInterval(ticking);
      const line = `${SYMBOLS[outcome]} ${visible(step)} (${seconds.toFixed(1)} s)\n`;
      stderr.write(stderr.isTTY ? `\r\u001b[2K${line}` : line);
    },
  };
}
