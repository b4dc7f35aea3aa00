import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createCleanup } from './cleanup.ts';
import { timeLimit } from './time-limit.ts';

const HUNDREDTH_OF_A_SECOND = 1 / 6000;

describe('the time limit of a level', () => {
  test('comes after its time, and says that it was the time', async () => {
    const signal = timeLimit(new AbortController().signal, HUNDREDTH_OF_A_SECOND, createCleanup());
    expect(signal.aborted).toBe(false);
    await sleep(100);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  test('comes with the signal from outside, with its reason', () => {
    const outer = new AbortController();
    const signal = timeLimit(outer.signal, 1, createCleanup());
    outer.abort('stop');
    expect(signal.reason).toBe('stop');
    expect(timeLimit(outer.signal, 1, createCleanup()).reason).toBe('stop');
  });

  test('is over with the level', async () => {
    const cleanup = createCleanup();
    const signal = timeLimit(new AbortController().signal, HUNDREDTH_OF_A_SECOND, cleanup);
    await cleanup.run();
    await sleep(100);
    expect(signal.aborted).toBe(false);
  });
});
