import type { Progress } from '../proof/run.ts';
import { truncate } from '../report/width.ts';
import { visible } from '../words/visible.ts';
import type { Io } from './io.ts';

const SYMBOLS = { pass: '✓', fail: '✗', skip: '–' } as const;
const TICK_MS = 1000;
const NARROWEST = 20;

/** Tells on stderr what is going on and how long it takes; on a terminal the running step counts its seconds. */
export function createProgress({ stderr, stdout }: Pick<Io, 'stderr' | 'stdout'>): Progress {
  let ticking: NodeJS.Timeout | undefined;
  return {
    begin(step) {
      if (!stderr.isTTY) return;
      const started = performance.now();
      // A line that wraps is not taken back as a whole, and the next second would add one more.
      const show = () => {
        const clock = ` (${Math.round((performance.now() - started) / 1000)} s)`;
        const room = Math.max(NARROWEST, stdout.columns) - clock.length - 1;
        stderr.write(`\r\u001b[2K${truncate(`… ${visible(step)}`, room)}${clock}`);
      };
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
