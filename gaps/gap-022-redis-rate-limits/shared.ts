import type { Repo } from '../../src/contract.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import { peekModule, requestsOf, resolveImport } from '../../src/read/code/imports.ts';
import type { Place } from './counters.ts';
import type { ServerPackage } from './server-code.ts';
import { mayLimit, SAYS_LIMIT } from './words.ts';

/** Libraries that keep their counts outside of the process, with what a text must do to use them. */
const LIBRARIES: readonly (readonly [name: string, mentions: string, uses: RegExp])[] = [
  ['@upstash/ratelimit', '@upstash/ratelimit', /\bnew\s+(?:\w+\.)?(?:Multi\w*)?Rate[lL]imit\w*\(/],
  ['@unkey/ratelimit', '@unkey/ratelimit', /\bnew\s+Rate[lL]imit\w*\(/],
  // Shield and bot detection, its other rules, count nothing.
  ['Arcjet', '@arcjet/', /\b(?:fixedWindow|slidingWindow|tokenBucket)\(/],
  ['Vercel WAF', '@vercel/firewall', /\bcheckRateLimit\(/],
  [
    'rate-limiter-flexible',
    'rate-limiter-flexible',
    /\bnew\s+(?:\w+\.)?RateLimiter(?:Redis|Valkey\w*|Mongo|Postgres|MySQL|Memcache|Prisma|Drizzle\w*|Dynamo\w*|SQLite|Etcd\w*)\(/,
  ],
];
const CLIENT = /redis|valkey|upstash|\bkv\b|keydb|dragonfly/i;
const COUNTS =
  /\.(?:incr|INCR|incrby|incrBy|zadd|zAdd|eval|evalsha|evalSha|increment)\s*\(|['"]INCR['"]|\.call\(\s*['"]INCR|\bredis\.call\(/;
const TABLE =
  /\b(?:prisma|db|tx|client)\w*\.\w*rate_?limit\w*\.(?:upsert|update|create|findFirst|findUnique)|INSERT\s+INTO\s+["'`]?\w*rate_?limit|\.(?:insert|update)\(\s*\w*rate_?limits?\w*\s*\)|\brate_?limits?\w*\.(?:findOneAndUpdate|updateOne)\(|collection\(\s*['"]\w*rate_?limit/i;
/** What each of these holds, which is found at half the cost. */
const NAMES_TABLE = /rate_?limit\w*\.(?:up|create|find)|(?:\binto\s+|\(\s*)["'`]?\w*rate_?limit/i;
const BINDING = /\benv\.\w*(?:RATE|LIMIT)\w*\.limit\(/;

/** The limiter of a file that counts outside of the process; undefined where it has none. */
export function findSharedCounter(repo: Repo, path: string): Place | undefined {
  const files = known.get(repo) ?? new Map<string, Place | undefined>();
  known.set(repo, files);
  if (!files.has(path)) files.set(path, readSharedCounter(repo, path));
  return files.get(path);
}

const known = new WeakMap<Repo, Map<string, Place | undefined>>();

function readSharedCounter(repo: Repo, path: string): Place | undefined {
  const text = repo.peek(path);
  if (text === undefined || !mayLimit(text)) return undefined;
  const code = blankComments(text);
  for (const [name, mention, uses] of LIBRARIES) {
    const match = code.includes(mention) ? uses.exec(code) : null;
    if (match) return { path, at: match.index, name };
  }
  if (!SAYS_LIMIT.test(code)) return undefined;
  const counted = CLIENT.test(code) ? countIn(code) : undefined;
  if (counted !== undefined) return { path, at: counted, name: 'Redis' };
  const table = NAMES_TABLE.test(code) ? TABLE.exec(code) : null;
  if (table) return { path, at: table.index, name: 'a database table' };
  const binding = BINDING.exec(code);
  return binding ? { path, at: binding.index, name: 'a binding of Cloudflare' } : undefined;
}

/** Where it counts: after the first word of limits, where that is, since a client counts other things too. */
function countIn(code: string): number | undefined {
  const word = code.search(SAYS_LIMIT);
  const after = code.slice(word).search(COUNTS);
  const at = after === -1 ? code.search(COUNTS) : word + after;
  return at === -1 ? undefined : at;
}

/** Whether a file, one that it imports or a route that it calls counts outside of the process. */
export function hasSharedCounter(repo: Repo, within: ServerPackage, path: string): boolean {
  return [path, ...importedBy(repo, within.dir, path), ...routesCalledBy(repo, within, path)].some(
    (file) => findSharedCounter(repo, file) !== undefined,
  );
}

/** The route files of the app that a file fetches: what middleware does, which cannot open Redis itself. */
export function routesCalledBy(repo: Repo, { app }: ServerPackage, path: string): readonly string[] {
  const text = repo.peek(path) ?? '';
  if (!app || !/\bfetch\(/.test(text)) return [];
  const urls = [...blankComments(text).matchAll(/['"`/}](\/api\/[\w/-]+)/g)].map(([, url = '']) => url);
  const bases = urls.flatMap((url) => [`${app.appDir}${url}/route`, `${app.pagesDir}${url}`]);
  return bases.flatMap((base) => ['.ts', '.js'].map((end) => base + end)).filter((file) => repo.exists(file));
}

function importedBy(repo: Repo, dir: string, path: string): readonly string[] {
  const module = peekModule(repo, path);
  if (!module) return [];
  return requestsOf(module).flatMap(({ specifier }) => resolveImport(repo, { dir }, path, specifier) ?? []);
}

const ADDRESS =
  /\b[A-Z][A-Z0-9_]*(?:REDIS|VALKEY|UPSTASH|KV_REST|KV_URL)[A-Z0-9_]*\b|\b(?:REDIS|VALKEY|UPSTASH|KV_REST_API|KV_URL)[A-Z0-9_]*\b/g;

/** The environment variables that tell a Redis limiter where its server is: read here or up to two imports away. */
export function addressesOf(repo: Repo, { dir }: ServerPackage, path: string): readonly string[] {
  const near = importedBy(repo, dir, path);
  const files = new Set([path, ...near, ...near.flatMap((each) => importedBy(repo, dir, each))]);
  const names = new Set<string>();
  for (const file of files) {
    const text = repo.peek(file) ?? '';
    if (/Redis\.fromEnv\(\)/.test(text)) names.add('UPSTASH_REDIS_REST_URL').add('KV_REST_API_URL');
    for (const [name] of blankComments(text).matchAll(ADDRESS))
      if (
        /(URL|URI|HOST|ENDPOINT|ADDR|SENTINEL|CLUSTER|NODES)/.test(name) &&
        new RegExp(`\\benv(?:\\.|\\[['"])${name}|\\b(?:getenv|get|env)\\w*\\(\\s*['"]${name}`).test(text)
      )
        names.add(name);
  }
  return [...names];
}
