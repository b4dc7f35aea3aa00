import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** One of OWASP's equivalent settings (32 MB, p=3): about 0.2 s per attempt, fine for a small container. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const KEY_LENGTH = 32;

/** Returns `scrypt$N$r$p$salt$key`. Storing the parameters with the hash allows raising them later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, KEY_LENGTH, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes the same time for a missing account or password as for a wrong password. */
export async function matchesHash(password: string, hash: string | null | undefined): Promise<boolean> {
  const known = parse(hash);
  const { salt, key, cost } = known ?? { salt: Buffer.alloc(16), key: Buffer.alloc(KEY_LENGTH), cost: COST };
  const given = await derive(password, salt, key.length, cost);
  return timingSafeEqual(given, key) && known !== undefined;
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function parse(hash: string | null | undefined) {
  const [scheme, N, r, p, salt, key] = (hash ?? '').split('$');
  if (scheme !== 'scrypt' || !salt || !key) return undefined;
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

/** Too many passwords are waiting to be hashed. */
export class Busy extends Error {}

/** Node has four threads for hashing, file access, and DNS lookups. This leaves two free. */
const AT_ONCE = 2;
const WAITING = 50;

/** Global, because Next.js may compile this module into several bundles, and all of them have to share one queue. */
const shared = globalThis as typeof globalThis & { aimsHashing?: { running: number; waiting: (() => void)[] } };

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  shared.aimsHashing ??= { running: 0, waiting: [] };
  const line = shared.aimsHashing;
  if (line.running < AT_ONCE) line.running += 1;
  else if (line.waiting.length >= WAITING) throw new Busy('Too many passwords are waiting to be hashed');
  // A finishing job hands its slot to the next one.
  else await new Promise<void>((resolve) => line.waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = line.waiting.shift();
    if (next) next();
    else line.running -= 1;
  }
}

/** NFKC, because keyboards may encode the same password in different ways. */
function derive(password: string, salt: Buffer, length: number, cost: Cost): Promise<Buffer> {
  return inTurn(() => scryptOf(password, salt, length, cost));
}

function scryptOf(password: string, salt: Buffer, length: number, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 256 * cost.N * cost.r };
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
