import type { Finding, ManualStep, Repo } from '../../src/contract.ts';
import { isInside } from '../../src/repo/paths.ts';
import { serverPackages } from './server-code.ts';

const WHY = 'Whether requests pass or wait while Redis is away is a decision of those who run the service.';
const SEEN = 'The finding is gone from the next audit, and the checks of this gap pass.';

/** What to do about each finding, in the order of the files. */
export function stepsFor(repo: Repo, findings: readonly Finding[]): readonly ManualStep[] {
  const titles = findings.flatMap((finding) => titleOf(repo, finding) ?? []);
  const stores = findings.some(({ code }) => code === 'in-memory-store');
  const all = stores ? [...titles, ...common(repo, findings)] : titles;
  return [...new Set(all)].map((title) => ({ title, why: WHY, seenBy: SEEN }));
}

function titleOf(repo: Repo, { code, path, data }: Finding): string | undefined {
  const limiter = data?.limiter ?? '';
  if (code === 'edge-client')
    return `In ${path}, take ${data?.client} out of what the middleware imports: call fetch on an internal Node.js route that counts, use the REST client @upstash/ratelimit, or (Next.js 15.5 and later) export const config = { runtime: 'nodejs' }`;
  if (code === 'no-address')
    return `Give ${data?.who} one of ${data?.variables}: in the environment of the service (with depends_on: redis) and in the example of its environment file`;
  if (code === 'limiter-unused')
    return `Call the limiter of ${path} where requests come in (middleware, or the handlers that need it), or delete the file`;
  if (code !== 'in-memory-store') return undefined;
  return storeStep(repo, path, limiter);
}

function storeStep(repo: Repo, path: string, limiter: string): string {
  const where = `In ${path}, `;
  if (/^express-/.test(limiter))
    return `${where}install rate-limit-redis and ioredis, and give every limiter its own store: store: new RedisStore({ prefix: 'rl:<name>:', sendCommand: (command, ...args) => redis.call(command, ...args) }); set app.set('trust proxy', <number of proxies>) so that clients do not share one bucket`;
  if (limiter === 'rate-limiter-flexible')
    return `${where}replace RateLimiterMemory by RateLimiterRedis({ storeClient: redis, keyPrefix, points, duration, insuranceLimiter }), with the memory limiter as its insuranceLimiter`;
  if (/fastify/.test(limiter))
    return `${where}pass redis: new Redis(process.env.REDIS_URL) to the registration`;
  if (/throttler/.test(limiter))
    return `${where}pass storage: new ThrottlerStorageRedisService(process.env.REDIS_URL) of @nest-lab/throttler-storage-redis`;
  if (/hono/.test(limiter))
    return `${where}pass store: new RedisStore({ client }) of @hono-rate-limiter/redis`;
  if (/slowapi|flask/.test(limiter)) return `${where}pass storage_uri=os.environ["REDIS_URL"] to Limiter`;
  const isMiddleware = serverPackages(repo).some(({ app }) => app?.middlewarePath === path);
  if (isMiddleware)
    return `${where}replace ${limiter}: middleware runs on the Edge and cannot open Redis, so await fetch('http://127.0.0.1:' + PORT + '/api/internal/rate-limit') with a secret header and a short timeout, let that Node.js route run INCR and, on the first count, PEXPIRE in one Lua script (key: tier and address), keep ${limiter} as the fallback, answer 429 with Retry-After, and pass the internal path by`;
  return `${where}replace ${limiter} by a count in Redis: one Lua script with INCR and, on the first count, PEXPIRE; key: tier and address; a short timeout; answer 429 with Retry-After`;
}

function common(repo: Repo, findings: readonly Finding[]): readonly string[] {
  const files = findings.filter(({ code }) => code === 'in-memory-store').map(({ path }) => path);
  const compose = repo.layout.compose.filter(({ deployed }) => deployed !== 'no').map(({ path }) => path);
  const dirs = serverPackages(repo)
    .filter(({ dir, files: own }) => files.some((path) => isInside(dir, path) && own.includes(path)))
    .map(({ dir }) => (dir === '' ? 'the root package' : dir));
  return [
    `Take the client's address from the header that the last trusted proxy sets (x-real-ip, or the last entry of x-forwarded-for), never from the first entry, which the client writes`,
    ...(compose.length > 0 && dirs.length > 0
      ? [
          `In ${compose.join(', ')}, give REDIS_URL and depends_on: redis to the services of ${dirs.join(', ')}, and name REDIS_URL in their example environment files`,
        ]
      : []),
  ];
}
