import { createHash, timingSafeEqual } from 'node:crypto';

const SHORTEST = 32;

/**
 * Whether this token gives an owner's address its first password: the one that only the operator of the server knows.
 * In development none is needed.
 */
export function mayBecomeOwner(token: string | undefined): boolean {
  if (process.env.NODE_ENV !== 'production') return true;
  const expected = process.env.OWNER_SETUP_TOKEN;
  if (!expected || token === undefined) return false;
  if (expected.length < SHORTEST) {
    console.error(`OWNER_SETUP_TOKEN has fewer than ${SHORTEST} characters, so it opens nothing`);
    return false;
  }
  return timingSafeEqual(digest(token), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
