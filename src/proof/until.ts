import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer; undefined after `seconds`. */
export async function until<T>(seconds: number, ask: () => T | undefined): Promise<T | undefined> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = ask();
    if (answer !== undefined || performance.now() >= end) return answer;
    await sleep(50);
  }
}
