import type { BinaryLike, ScryptOptions } from 'node:crypto';
import { vi } from 'vitest';

type Done = (error: Error | null, key: Buffer) => void;

/** Password hashing is deliberately slow (about 0.2 s). Tests need the result without the wait. */
export async function fastCrypto() {
  const crypto = await vi.importActual<typeof import('node:crypto')>('node:crypto');
  const scrypt = (password: BinaryLike, salt: BinaryLike, length: number, _cost: ScryptOptions, done: Done) =>
    crypto.scrypt(password, salt, length, { N: 2, r: 1, p: 1 }, done);
  return { ...crypto, scrypt, default: { ...crypto, scrypt } };
}
