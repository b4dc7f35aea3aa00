import { createHash, timingSafeEqual } from 'node:crypto';

const SHORTEST = 32;

/**
 * Whether this token, which only the server's operator knows, may set the first password for an owner's address.
 * Development needs no token.
 */
export function mayBecomeOwner(token: string | undefined): boolean {
  if (process.env.NODE_ENV !== 'production') return true;
  const expected = process.env.OWNER_SETUP_TOKEN;
  if (!expected || token === undefined) return false;
  if (expected.length < SHORTEST) {
    console.error(`OWNER_SETUP_TOKEN has fewer than ${SHORTEST} characters, so it is ignored`);
    return false;
  }
  return timingSafeEqual(digest(token), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
