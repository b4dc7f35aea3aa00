import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** One of the settings that OWASP calls equal (32 MB, p=3): 0.2 s or so for a try, bearable in a small container. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const KEY_LENGTH = 32;

/** `scrypt$N$r$p$salt$key`: the parameters travel with the hash, so that they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, KEY_LENGTH, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes as long for an account that does not exist or has no password as for a wrong password. */
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

/** Too many passwords wait to be hashed. */
export class Busy extends Error {}

/** Node has four threads for this, for reading files and for looking up names: two stay free. */
const AT_ONCE = 2;
const WAITING = 50;

/** Everything that is compiled into a bundle of its own waits in the same line. */
const shared = globalThis as typeof globalThis & { aimsHashing?: { running: number; waiting: (() => void)[] } };

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  shared.aimsHashing ??= { running: 0, waiting: [] };
  const line = shared.aimsHashing;
  if (line.running < AT_ONCE) line.running += 1;
  else if (line.waiting.length >= WAITING) throw new Busy('Too many passwords wait to be hashed');
  // Whoever ends hands the place over.
  else await new Promise<void>((resolve) => line.waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = line.waiting.shift();
    if (next) next();
    else line.running -= 1;
  }
}

/** NFKC: the same password typed on another keyboard is the same password. */
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
