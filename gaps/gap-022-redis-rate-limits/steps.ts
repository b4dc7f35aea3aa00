import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';
import type { Limiter } from './read/limiters.ts';
import type { RateLimits } from './read.ts';

type Told = Finding<Code>['data'];

const TITLES: Readonly<
  Record<Code, ((path: string, told: Told, limiter: Limiter | undefined) => string) | undefined>
> = {
  'in-memory-store': (path, told, limiter) =>
    `In ${path}, ${limiter?.advice ?? ownAdvice(path, told, limiter)}`,
  'edge-client': (path, told) =>
    `In ${path}, take ${told?.client} out of what the middleware imports: call fetch on an internal Node.js route that counts, use the REST client @upstash/ratelimit, or (Next.js 15.5 and later) export const config = { runtime: 'nodejs' }`,
  'no-address': (_path, told) =>
    `Give ${told?.who} one of ${told?.variables}: in the environment of the service (with depends_on: redis) and in the example of its environment file`,
  'limiter-unused': (path) =>
    `Call the limiter of ${path} where requests come in (middleware, or the handlers that need it), or delete the file`,
  'dead-limiter': undefined,
};

/** What to do about each finding, in the order of the files, and what all stores need. */
export function stepsFor(state: RateLimits, wanted: readonly Finding<Code>[]): readonly ManualStep[] {
  const titles = wanted.flatMap((finding) => {
    const { code, path, data } = finding;
    return TITLES[code]?.(path, data, limiterOf(state, finding)) ?? [];
  });
  const replaced = wanted.filter(({ code }) => code === 'in-memory-store');
  const all = replaced.length > 0 ? [...titles, ...commonTitles(state, replaced)] : titles;
  return [...new Set(all)].map((title) => ({
    title,
    why: 'Whether requests pass or wait while Redis is away is a decision of those who run the service.',
    seenBy: 'The finding is gone from the next audit, and the checks of this gap pass.',
  }));
}

function limiterOf({ limiters }: RateLimits, { path, at }: Finding<Code>): Limiter | undefined {
  return limiters.find((limiter) => limiter.path === path && limiter.at === at);
}

/** What a hand-made limiter is replaced by. */
function ownAdvice(path: string, told: Told, limiter: Limiter | undefined): string {
  const name = told?.limiter;
  return limiter?.within?.app?.middlewarePath === path
    ? `replace ${name}: middleware runs on the Edge and cannot open Redis, so await fetch('http://127.0.0.1:' + PORT + '/api/internal/rate-limit') with a secret header and a short timeout, let that Node.js route run INCR and, on the first count, PEXPIRE in one Lua script (key: tier and address), keep ${name} as the fallback, answer 429 with Retry-After, and pass the internal path by`
    : `replace ${name} by a count in Redis: one Lua script with INCR and, on the first count, PEXPIRE; key: tier and address; a short timeout; answer 429 with Retry-After`;
}

function commonTitles(state: RateLimits, replaced: readonly Finding<Code>[]): readonly string[] {
  const dirs = replaced.flatMap((finding) => limiterOf(state, finding)?.within?.dir ?? []);
  const names = [...new Set(dirs)].map((dir) => (dir === '' ? 'the root package' : dir));
  const { stacks } = state;
  return [
    "Take the client's address from the header that the last trusted proxy sets (x-real-ip, or the last entry of x-forwarded-for), never from the first entry, which the client writes",
    ...(stacks.length > 0 && names.length > 0
      ? [
          `In ${stacks.join(', ')}, give REDIS_URL and depends_on: redis to the services of ${names.join(', ')}, and name REDIS_URL in their example environment files`,
        ]
      : []),
  ];
}
