import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's second choice of scrypt parameters: 32 MB and about 0.2 s for a try, bearable in a small container. */
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

/** NFKC: the same password typed on another keyboard is the same password. */
function derive(password: string, salt: Buffer, length: number, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 256 * cost.N * cost.r };
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
