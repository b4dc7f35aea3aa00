// @vitest-environment node
import { describe, expect, test, vi } from 'vitest';
import { Busy, matchesHash } from '../../gap-004-user-database/frontend/lib/db/password-hash.ts';

const work = vi.hoisted(() => ({ running: 0, most: 0, fails: false }));
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  type Done = (error: Error | null, key: Buffer) => void;
  const scrypt = (_password: string, _salt: Buffer, length: number, _options: object, done: Done) => {
    work.running += 1;
    work.most = Math.max(work.most, work.running);
    setTimeout(() => {
      work.running -= 1;
      done(work.fails ? new Error('no memory') : null, Buffer.alloc(length, 1));
    }, 1);
  };
  return { ...real, scrypt };
});

const tries = (count: number) => Promise.allSettled(Array.from({ length: count }, () => matchesHash('x', undefined)));

describe('passwords', () => {
  test('are hashed two at a time; fifty wait, and the others are told at once', async () => {
    const answers = await tries(60);
    const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(work.most).toBe(2);
    expect(refused).toHaveLength(8);
    expect(refused.every((reason) => reason instanceof Busy)).toBe(true);
  });

  test('go on after a failure', async () => {
    work.fails = true;
    const answers = await tries(10);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'rejected'));
    work.fails = false;
    expect((await tries(52)).map(({ status }) => status)).not.toContain('rejected');
    expect(work.running).toBe(0);
  });
});
