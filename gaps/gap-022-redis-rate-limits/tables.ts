/** Where a limiter counts: in the memory of one process, outside of it, or not to be read from its arguments. */
export type Counts = 'in memory' | 'outside' | 'unreadable';

/** A library of limiters, by its documentation. */
export interface LimiterLibrary {
  readonly name: string;
  readonly packages: RegExp;
  /** What is called, as the package exports it; a plugin is handed to `.register(plugin, options)`. */
  readonly calls: RegExp | 'plugin';
  /** Where it counts; or the options that hand it a store, without which it counts in memory. */
  readonly counts: 'in memory' | 'outside' | readonly string[] | 'by its first argument';
  /** How to let it count in Redis; undefined where it cannot. */
  readonly advice?: string;
}

const EXPRESS =
  "install rate-limit-redis and ioredis, and give every limiter its own store: store: new RedisStore({ prefix: 'rl:<name>:', sendCommand: (command, ...args) => redis.call(command, ...args) }); set app.set('trust proxy', <number of proxies>) so that clients do not share one bucket";

/** Libraries for JavaScript and TypeScript. */
export const LIBRARIES: readonly LimiterLibrary[] = [
  {
    name: 'express-rate-limit',
    packages: /^express-rate-limit$/,
    calls: /^(rateLimit|RateLimit|expressRateLimit|default)$/,
    counts: ['store'],
    advice: EXPRESS,
  },
  {
    name: 'express-slow-down',
    packages: /^express-slow-down$/,
    calls: /^(slowDown|default)$/,
    counts: ['store'],
    advice: EXPRESS,
  },
  {
    name: 'express-brute',
    packages: /^express-brute$/,
    calls: /^default$/,
    counts: 'by its first argument',
    advice: EXPRESS,
  },
  {
    name: 'rate-limiter-flexible',
    packages: /^rate-limiter-flexible$/,
    calls: /^RateLimiter(Memory|Cluster|Cluster\w+)$/,
    counts: 'in memory',
    advice:
      'replace RateLimiterMemory by RateLimiterRedis({ storeClient: redis, keyPrefix, points, duration, insuranceLimiter }), with the memory limiter as its insuranceLimiter',
  },
  {
    name: 'rate-limiter-flexible',
    packages: /^rate-limiter-flexible$/,
    calls:
      /^RateLimiter(Redis|Valkey\w*|Mongo|Postgres|MySQL|Memcache|Prisma|Drizzle\w*|Dynamo\w*|SQLite|Etcd\w*)$/,
    counts: 'outside',
  },
  {
    name: '@fastify/rate-limit',
    packages: /^(@fastify\/|fastify-)rate-limit$/,
    calls: 'plugin',
    counts: ['redis', 'store'],
    advice: 'pass redis: new Redis(process.env.REDIS_URL) to the registration',
  },
  {
    name: '@nestjs/throttler',
    packages: /^@nestjs\/throttler$/,
    calls: /^ThrottlerModule\.forRoot(Async)?$/,
    counts: ['storage'],
    advice:
      'pass storage: new ThrottlerStorageRedisService(process.env.REDIS_URL) of @nest-lab/throttler-storage-redis',
  },
  {
    name: 'hono-rate-limiter',
    packages: /^hono-rate-limiter$/,
    calls: /^rateLimiter$/,
    counts: ['binding', 'store'],
    advice: 'pass store: new RedisStore({ client }) of @hono-rate-limiter/redis',
  },
  {
    name: 'koa-ratelimit',
    packages: /^koa-ratelimit$/,
    calls: /^(ratelimit|default)$/,
    counts: ['db'],
  },
  {
    name: 'koa2-ratelimit',
    packages: /^koa2-ratelimit$/,
    calls: /^RateLimit\.middleware$/,
    counts: ['store'],
  },
  { name: 'elysia-rate-limit', packages: /^elysia-rate-limit$/, calls: /^rateLimit$/, counts: ['context'] },
  {
    name: 'next-rate-limit',
    packages: /^(next|lambda)-rate-limit(er)?$/,
    calls: /^(rateLimit\w*|default)$/,
    counts: 'in memory',
  },
  {
    name: '@trpc-limiter/memory',
    packages: /^@trpc-limiter\/memory$/,
    calls: /^create\w+$/,
    counts: 'in memory',
  },
  {
    name: '@upstash/ratelimit',
    packages: /^@upstash\/ratelimit$/,
    calls: /^(?:Multi\w*)?Rate[lL]imit\w*$/,
    counts: 'outside',
  },
  {
    name: '@unkey/ratelimit',
    packages: /^@unkey\/ratelimit$/,
    calls: /^Rate[lL]imit\w*$/,
    counts: 'outside',
  },
  // Shield and bot detection, its other rules, count nothing.
  {
    name: 'Arcjet',
    packages: /^@arcjet\//,
    calls: /^(?:fixedWindow|slidingWindow|tokenBucket)$/,
    counts: 'outside',
  },
  { name: 'Vercel WAF', packages: /^@vercel\/firewall$/, calls: /^checkRateLimit$/, counts: 'outside' },
];

/** Clients of Redis that open a socket. */
export const SOCKET_CLIENTS: ReadonlySet<string> = new Set(['ioredis', 'redis', '@redis/client', 'iovalkey']);

/** Frameworks whose packages answer requests. */
export const SERVES =
  /^(next|express|fastify|hono|koa|elysia|polka|restify|nuxt|h3|astro|@nestjs\/core|@hapi\/hapi|@trpc\/server|@apollo\/server|@remix-run\/node|@sveltejs\/kit|react-router|ws|socket\.io)$/;

/** Packages that limit, or count for those that do. */
export const LIMITS =
  /rate-?limit|^limiter$|throttl|@arcjet\/|^express-(slow-down|brute)$|trpc-limiter|^(ioredis|redis|@redis\/client|@upstash\/redis|@vercel\/(kv|firewall))$/;

/** Words without which no text limits requests; the libraries after the first line say it by their names alone. */
export const MAY_LIMIT =
  /rate.?limit|\b429\b|too.?many|throttl|limit(?:ed|er)(?![a-z])|@arcjet\/|@vercel\/firewall|-slow-down|-brute/i;

/** Words that tell a count of requests from other counts. */
export const LIMIT_WORDS =
  /rate.?limit|\b429\b|too.?many.?(requests|attempts|tries)|throttl|(max|allowed).?(requests|attempts|hits)|limit(er|ed)?\b|quota|allow|attempt|hits|visit|bucket/i;

/** Proxies in front of an application, and how each is told to limit. */
export const PROXIES: readonly (readonly [name: string, files: RegExp, limit: RegExp])[] = [
  [
    'nginx',
    /(^|\/)[\w.-]*nginx[\w.-]*(\/|$)|\.(conf|conf\.template|template)$/i,
    /^[ \t]*limit_req[ \t]+zone=/m,
  ],
  ['Caddy', /(^|\/)Caddyfile[\w.-]*$/, /^[ \t]*rate_limit\b/m],
  [
    'Traefik',
    /\.(ya?ml|toml)$/,
    /middlewares?[.\w-]{0,100}\.ratelimit\.|^[ \t]*rateLimit:[ \t]*\n[ \t]+average:/im,
  ],
  [
    'Cloudflare',
    /(^|\/)wrangler\.(toml|jsonc?)$|\.tf$/,
    /\[\[(unsafe\.bindings|ratelimits)\]\]|"ratelimits"|cloudflare_rate_limit|http_ratelimit/,
  ],
  ['the AWS WAF', /\.tf$/, /rate_based_statement/],
  ['Kong or Envoy', /(^|\/)(kong|envoy)[\w.-]*\.ya?ml$/, /rate-limiting|rate_limit/],
];
