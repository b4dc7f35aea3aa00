import { testGap } from '../../test/harness/test-gap.ts';
import type { Tree } from '../../test/harness/trees.ts';
import gap from './index.ts';

type Dependencies = Readonly<Record<string, string>>;

function next(files: Tree, dependencies: Dependencies = {}, version = '14.0.4'): Tree {
  const manifest = { name: 'web', dependencies: { next: version, react: '18', ...dependencies } };
  return {
    'package.json': JSON.stringify(manifest),
    'app/page.tsx': 'export default function Page() { return null; }\n',
    ...files,
  };
}

function server(files: Tree, dependencies: Dependencies = {}): Tree {
  return {
    'package.json': JSON.stringify({ name: 'api', dependencies: { express: '4', ...dependencies } }),
    ...files,
  };
}

/** Counts in a Map, as most hand-made limiters do. */
const counting = `const hits = new Map<string, { count: number; resetAt: number }>();
export function isLimited(ip: string): boolean {
  const now = Date.now();
  const entry = hits.get(ip);
  if (!entry || entry.resetAt < now) {
    hits.set(ip, { count: 1, resetAt: now + 60_000 });
    return false;
  }
  entry.count += 1;
  return entry.count > 100; // too many requests
}
`;
const route = `import { isLimited } from '../../../lib/limit';
export async function POST(request: Request) {
  if (isLimited(request.headers.get('x-real-ip') ?? '')) return new Response(null, { status: 429 });
  return Response.json({});
}
`;
const redisLimit = `import Redis from 'ioredis';
const redis = new Redis(process.env.REDIS_URL ?? '');
export async function rateLimit(key: string): Promise<boolean> {
  const count = await redis.incr(key);
  if (count === 1) await redis.expire(key, 60);
  return count <= 100;
}
`;
const limitedRoute = `import { rateLimit } from '../../../lib/limit';
export async function POST() {
  if (!(await rateLimit('post'))) return new Response(null, { status: 429 });
  return Response.json({});
}
`;
const cacheClient = `import { createClient } from 'redis';
class Cache {
  client = createClient({ url: process.env.REDIS_URL });
  async get(key: string) {
    return this.client.get(key);
  }
  async incr(key: string) {
    return this.client.incr(key);
  }
  async rateLimit(key: string, limit: number) {
    const count = await this.client.incr(key);
    if (count === 1) await this.client.expire(key, 60);
    return count <= limit;
  }
}
export const cache = new Cache();
`;
const cachedRoute = `import { cache } from '../../../lib/cache';
export async function GET() {
  return Response.json(await cache.get('items'));
}
`;
const express = `import express from 'express';
import rateLimit from 'express-rate-limit';
const app = express();
app.use(rateLimit({ windowMs: 60_000, limit: 100 }));
app.listen(3000);
`;
const environment = { '.env.example': 'REDIS_URL=redis://localhost:6379\n' };

testGap(gap, import.meta.url, {
  'a Map in the middleware': {
    files: next({
      'middleware.ts': `${counting}export function middleware(request: Request) {
  if (isLimited('a')) return new Response(null, { status: 429 });
}
`,
    }),
    open: ['in-memory-store'],
  },
  'a Map in a file that a route imports': {
    files: next({ 'lib/limit.ts': counting, 'app/api/a/route.ts': route }),
    open: ['in-memory-store'],
  },
  'through an index file, by name': {
    files: next({
      'lib/index.ts': "export * from './limit';\nexport const other = 1;\n",
      'lib/limit.ts': counting,
      'app/api/a/route.ts': route.replace('lib/limit', 'lib'),
    }),
    open: ['in-memory-store'],
  },
  'an object and a pages route in JavaScript': {
    files: {
      'package.json': '{ "dependencies": { "next": "13.5.0" } }',
      'pages/api/a.js': `const attempts = {};
export default function handler(req, res) {
  const ip = req.socket.remoteAddress;
  attempts[ip] = (attempts[ip] || []).filter((at) => Date.now() - at < 60000);
  attempts[ip].push(Date.now());
  if (attempts[ip].length > 10) return res.status(429).end();
  res.json({});
}
`,
    },
    open: ['in-memory-store'],
  },
  'an LRU cache in a factory': {
    files: next(
      {
        'lib/rate-limit.ts': `import { LRUCache } from 'lru-cache';
export default function rateLimit(options: { ttl: number }) {
  const tokens = new LRUCache({ max: 500, ttl: options.ttl });
  return {
    check: (limit: number, token: string) => {
      const used = (tokens.get(token) as number[]) || [0];
      if (used[0] === 0) tokens.set(token, used);
      used[0] += 1;
      return used[0] >= limit ? 429 : 200;
    },
  };
}
`,
        'app/api/a/route.ts': `import rateLimit from '../../../lib/rate-limit';
const limiter = rateLimit({ ttl: 60000 });
export async function GET() { return new Response(null, { status: limiter.check(5, 'a') }); }
`,
      },
      { 'lru-cache': '10' },
    ),
    open: ['in-memory-store'],
  },
  'a class with a private map': {
    files: server({
      'src/limiter.ts': `export class RateLimiter {
  private readonly buckets = new Map<string, number[]>();
  allow(key: string): boolean {
    const now = Date.now();
    const recent = (this.buckets.get(key) ?? []).filter((at) => now - at < 1000);
    recent.push(now);
    this.buckets.set(key, recent);
    return recent.length <= 5;
  }
}
`,
      'src/index.ts': `import { RateLimiter } from './limiter';
const limiter = new RateLimiter();
limiter.allow('a');
`,
    }),
    open: ['in-memory-store'],
  },
  'hits on globalThis': {
    files: next({
      'lib/limit.js': `const globalForLimit = globalThis;
globalForLimit.__hits = globalForLimit.__hits || {};

export async function limited(ip) {
  const now = Date.now();
  const hit = globalForLimit.__hits[ip];
  if (!hit || hit.resetAt < now) {
    globalForLimit.__hits[ip] = { count: 1, resetAt: now + 60000 };
    return false;
  }
  hit.count++;
  return hit.count > 10;
}
`,
      'app/api/a/route.js': `import { limited } from '../../../lib/limit';
export async function GET(request) {
  if (await limited(request.headers.get('x-real-ip'))) return new Response(null, { status: 429 });
  return Response.json({});
}
`,
    }),
    open: ['in-memory-store'],
  },
  'a Python service that counts in a dictionary': {
    files: {
      'api/limits.py': `import time
from collections import defaultdict

hits = defaultdict(list)


def is_rate_limited(ip):
    now = time.time()
    recent = [at for at in hits[ip] if now - at < 60]
    if len(recent) >= 10:
        return True
    hits[ip] = recent
    hits[ip].append(now)
    return False
`,
    },
    open: ['in-memory-store'],
  },
  'a Python service that counts in Redis': {
    files: {
      'api/limits.py': `import redis

client = redis.from_url("redis://redis:6379")


def is_rate_limited(ip):
    count = client.incr(f"limit:{ip}")
    if count == 1:
        client.expire(f"limit:{ip}", 60)
    return count > 10
`,
    },
    closed: true,
  },
  'Flask is told of Redis in its settings': {
    files: {
      'api/app.py': 'from flask_limiter import Limiter\nlimiter = Limiter(get_remote_address, app=app)\n',
      'api/settings.py': 'RATELIMIT_STORAGE_URI = "redis://redis:6379"\n',
    },
    closed: true,
  },
  'fastapi-limiter counts in Redis': {
    files: {
      'api/main.py': 'from fastapi_limiter import FastAPILimiter\nawait FastAPILimiter.init(client)\n',
    },
    closed: true,
  },
  'the middleware asks a route whose library counts in Redis': {
    files: next(
      {
        'middleware.ts': `import { ask } from './lib/ask';
${counting}export async function middleware(request: Request) {
  const isRefused = await ask(request).catch(() => isLimited('a'));
  if (isRefused) return new Response(null, { status: 429 });
}
`,
        'lib/ask.ts': `const PATH = '/api/internal/limit';
export async function ask(request: Request) {
  const answer = await fetch(new URL(PATH, request.url));
  return answer.status === 429;
}
`,
        'app/(internal)/api/internal/limit/route.ts': `import { rateLimit } from '../../../../../lib/limit';
export async function GET() {
  return new Response(null, { status: (await rateLimit('a')) ? 204 : 429 });
}
`,
        'lib/limit.ts': redisLimit,
        ...environment,
      },
      { ioredis: '5' },
    ),
    closed: true,
  },
  'express-rate-limit without a store': {
    files: server({ 'src/index.ts': express }, { 'express-rate-limit': '7' }),
    open: ['in-memory-store'],
  },
  'express-rate-limit twice, by require': {
    files: server(
      {
        'server.js': `const express = require('express');
const rateLimit = require('express-rate-limit');
const app = express();
const all = rateLimit({ max: 100 });
const login = rateLimit({ max: 5, store: undefined });
app.use(all);
app.post('/login', login, (req, res) => res.end());
app.listen(3000);
`,
      },
      { 'express-rate-limit': '6' },
    ),
    open: ['in-memory-store', 'in-memory-store'],
  },
  'express-rate-limit in a file of its own': {
    files: server(
      {
        'src/middlewares/limiter.js': `const rateLimit = require('express-rate-limit');
const authLimiter = rateLimit({ max: 20 });
module.exports = { authLimiter };
`,
        'src/app.js': `const { authLimiter } = require('./middlewares/limiter');
const app = require('express')();
app.use(authLimiter);
module.exports = app;
`,
      },
      { 'express-rate-limit': '5' },
    ),
    open: ['in-memory-store'],
  },
  RateLimiterMemory: {
    files: server(
      {
        'index.ts': `import { RateLimiterMemory } from 'rate-limiter-flexible';
const limiter = new RateLimiterMemory({ points: 5, duration: 1 });
await limiter.consume('a');
`,
      },
      { 'rate-limiter-flexible': '5' },
    ),
    open: ['in-memory-store'],
  },
  'Fastify without redis': {
    files: server(
      {
        'index.ts': `import Fastify from 'fastify';
import rateLimit from '@fastify/rate-limit';
const app = Fastify();
await app.register(rateLimit, { max: 100 });
await app.listen({ port: 3000 });
`,
      },
      { '@fastify/rate-limit': '9' },
    ),
    open: ['in-memory-store'],
  },
  'NestJS without storage': {
    files: server(
      {
        'src/app.module.ts': `import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60, limit: 10 }])] })
export class AppModule {}
`,
        'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
const app = await NestFactory.create(AppModule);
await app.listen(3000);
`,
      },
      { '@nestjs/core': '10', '@nestjs/throttler': '6' },
    ),
    open: ['in-memory-store'],
  },
  'hono-rate-limiter without a store': {
    files: server(
      {
        'src/index.ts': `import { Hono } from 'hono';
import { rateLimiter } from 'hono-rate-limiter';
const app = new Hono();
app.use(rateLimiter<{ Variables: { id: string } }>({ limit: 10, keyGenerator: (c) => c.get('id') }));
export default app;
`,
      },
      { 'hono-rate-limiter': '0.4' },
    ),
    open: ['in-memory-store'],
  },
  'slowapi in a Python service': {
    files: {
      'requirements.txt': 'fastapi\nslowapi==0.1.9\n',
      'main.py': 'from slowapi import Limiter\nlimiter = Limiter(key_func=get_remote_address)\n',
    },
    open: ['in-memory-store'],
  },
  'slowapi with a storage': {
    files: {
      'pyproject.toml': '[project]\ndependencies = ["slowapi"]\n',
      'main.py':
        'from slowapi import Limiter\nlimiter = Limiter(key_func=get_remote_address, storage_uri="redis://redis")\n',
    },
    closed: true,
  },
  'ioredis is installed and does something else': {
    files: next(
      {
        'lib/cache.ts':
          "import Redis from 'ioredis';\nexport const redis = new Redis(process.env.REDIS_URL ?? '');\n",
        'lib/limit.ts': counting,
        'app/api/a/route.ts': route,
      },
      { ioredis: '5' },
    ),
    open: ['in-memory-store'],
  },
  'a Redis limiter that nothing imports beside a live Map': {
    files: next(
      { 'lib/redis-limit.ts': redisLimit, 'lib/limit.ts': counting, 'app/api/a/route.ts': route },
      { ioredis: '5' },
    ),
    open: ['in-memory-store'],
    notes: ['dead-limiter'],
  },
  'a Redis limiter that nothing imports': {
    files: next({ 'lib/limit.ts': redisLimit, ...environment }, { ioredis: '5' }),
    open: ['limiter-unused'],
  },
  'a method of a Redis client that limits and is never called': {
    files: next(
      {
        'lib/cache.ts': cacheClient,
        'app/api/items/route.ts': cachedRoute,
        ...environment,
      },
      { redis: '5' },
    ),
    open: ['limiter-unused'],
  },
  'a method of a Redis client that limits and is called': {
    files: next(
      {
        'lib/cache.ts': cacheClient,
        'app/api/items/route.ts': cachedRoute.replace("cache.get('items')", "cache.rateLimit('items', 5)"),
        ...environment,
      },
      { redis: '5' },
    ),
    closed: true,
  },
  'a monorepo that declares its packages at the root alone': {
    files: {
      'package.json': JSON.stringify({
        dependencies: { '@nestjs/core': '11', '@nestjs/throttler': '6', next: '15' },
      }),
      'apps/api/package.json': '{ "name": "api", "scripts": { "start": "dotenv -- node ./dist/main.js" } }',
      'apps/api/src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
      'apps/api/src/app.module.ts': `import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])] })
export class AppModule {}
`,
    },
    open: ['in-memory-store'],
  },
  'a Redis client in Edge middleware': {
    files: next(
      {
        'lib/limit.ts': redisLimit,
        'middleware.ts': `import { rateLimit } from './lib/limit';
export async function middleware() {
  await rateLimit('a');
}
`,
        ...environment,
      },
      { ioredis: '5' },
    ),
    open: ['edge-client'],
  },
  'no service gets the address of Redis': {
    files: {
      ...next({ 'lib/limit.ts': redisLimit, 'app/api/a/route.ts': limitedRoute }, { ioredis: '5' }),
      'docker-compose.yml': `services:
  web:
    build: .
    environment:
      - NODE_ENV=production
`,
    },
    open: ['no-address'],
  },
  'nothing at all names the address of Redis': {
    files: next({ 'lib/limit.ts': redisLimit, 'app/api/a/route.ts': limitedRoute }, { ioredis: '5' }),
    open: ['no-address'],
  },
  'INCR and EXPIRE in a handler': {
    files: {
      ...next({ 'lib/limit.ts': redisLimit, 'app/api/a/route.ts': limitedRoute }, { ioredis: '5' }),
      'docker-compose.yml': `services:
  web:
    build: .
    environment:
      - REDIS_URL=redis://redis:6379
  redis:
    image: redis:7
`,
    },
    closed: true,
  },
  'an internal route that the middleware asks, with a fallback in memory': {
    files: next(
      {
        'middleware.ts': `${counting}export async function middleware(request: Request) {
  const answer = await fetch(new URL('/api/internal/limit', request.url)).catch(() => undefined);
  if (answer ? answer.status === 429 : isLimited('a')) return new Response(null, { status: 429 });
}
`,
        'app/api/internal/limit/route.ts': `${redisLimit}export async function GET() {
  return new Response(null, { status: (await rateLimit('a')) ? 204 : 429 });
}
`,
        ...environment,
      },
      { ioredis: '5' },
    ),
    closed: true,
  },
  'rate-limit-redis': {
    files: server(
      {
        'index.ts': express
          .replace(
            "import rateLimit from 'express-rate-limit';",
            "import rateLimit from 'express-rate-limit';\nimport { RedisStore } from 'rate-limit-redis';\nimport { sendCommand } from './redis';",
          )
          .replace('limit: 100 }', 'limit: 100, store: new RedisStore({ sendCommand }) }'),
        'redis.ts': 'export const sendCommand = (...args: string[]) => client.sendCommand(args);\n',
      },
      { 'express-rate-limit': '7', 'rate-limit-redis': '4', redis: '4' },
    ),
    closed: true,
  },
  'a store in memory where the settings ask for no Redis': {
    files: server(
      {
        'index.ts': `import express from 'express';
import rateLimit from 'express-rate-limit';
import { RedisStore } from 'rate-limit-redis';
const app = express();
if (process.env.MODE === 'queue') app.use(rateLimit({ max: 5, store: new RedisStore({ sendCommand }) }));
else app.use(rateLimit({ max: 5 }));
app.listen(3000);
`,
      },
      { 'express-rate-limit': '7', 'rate-limit-redis': '4' },
    ),
    closed: true,
  },
  'RateLimiterRedis with a memory insurance': {
    files: server(
      {
        'index.ts': `import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
const insurance = new RateLimiterMemory({ points: 5, duration: 1 });
const limiter = new RateLimiterRedis({ storeClient: client, points: 5, insuranceLimiter: insurance });
await limiter.consume('a');
`,
      },
      { 'rate-limiter-flexible': '5' },
    ),
    closed: true,
  },
  'Upstash in Edge middleware': {
    files: next(
      {
        'middleware.ts': `import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis';
const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(10, '10 s'), ephemeralCache: new Map() });
export async function middleware() {
  const { success } = await limiter.limit('a');
  if (!success) return new Response(null, { status: 429 });
}
`,
        'README.md': 'Set UPSTASH_REDIS_REST_URL and its token.\n',
      },
      { '@upstash/ratelimit': '2', '@upstash/redis': '1' },
    ),
    closed: true,
  },
  'Arcjet in a route': {
    files: next(
      {
        'app/api/a/route.ts': `import arcjet, { fixedWindow } from '@arcjet/next';
const aj = arcjet({ key: 'k', rules: [fixedWindow({ max: 10, window: '1m' })] });
export async function GET(request: Request) {
  const decision = await aj.protect(request);
  return new Response(null, { status: decision.isDenied() ? 429 : 200 });
}
`,
      },
      { '@arcjet/next': '1' },
    ),
    closed: true,
  },
  'a table of the database': {
    files: next({
      'app/api/a/route.ts': `import { prisma } from '../../../lib/db';
export async function POST() {
  const entry = await prisma.rateLimit.upsert({ where: { key: 'a' }, update: { count: { increment: 1 } }, create: { key: 'a', count: 1 } });
  return new Response(null, { status: entry.count > 10 ? 429 : 200 });
}
`,
      'lib/db.ts': 'export const prisma = {};\n',
    }),
    closed: true,
  },
  'a limiter in a package of the monorepo': {
    files: {
      'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
      'packages/limit/package.json': '{ "name": "@acme/limit", "dependencies": { "ioredis": "5" } }',
      'packages/limit/src/index.ts': redisLimit,
      'apps/web/package.json':
        '{ "name": "web", "dependencies": { "next": "15", "@acme/limit": "workspace:*" } }',
      'apps/web/src/app/api/a/route.ts': limitedRoute.replace('../../../lib/limit', '@acme/limit'),
      'turbo.json': '{ "globalEnv": ["REDIS_URL"] }',
    },
    closed: true,
  },
  'only nginx limits': {
    files: server({
      'index.js': "require('express')().listen(3000);\n",
      'nginx.conf': `http {
  limit_req_zone $binary_remote_addr zone=api:10m rate=30r/m;
  server {
    location / {
      limit_req zone=api burst=10;
    }
  }
}
`,
    }),
    closed: true,
  },
  'the options come from another file': {
    files: server(
      {
        'index.js': `const rateLimit = require('express-rate-limit');
const options = require('./options');
const app = require('express')();
app.use(rateLimit(options));
app.listen(3000);
`,
      },
      { 'express-rate-limit': '7' },
    ),
    unknown: true,
  },
  'a cache with a size is no limiter': {
    files: next({
      'app/api/a/route.ts': `const cache = new Map<string, { value: string; until: number }>();
export async function GET() {
  const known = cache.get('a');
  if (known && known.until > Date.now()) return new Response(known.value);
  const upstream = await fetch('https://example.com');
  if (upstream.status === 429) return new Response(null, { status: 502 });
  cache.set('a', { value: await upstream.text(), until: Date.now() + 1000 });
  return new Response(null);
}
`,
    }),
    notApplicable: true,
  },
  'a list of the browser is no limiter': {
    files: next({
      'lib/use-rate-limit-logs.ts': `import { useMemo } from 'react';
export function useRateLimitLogs(rows: { id: string }[]) {
  const seen = new Map<string, number>();
  return useMemo(() => rows.filter(({ id }) => {
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count <= 1 && Date.now() > 0;
  }), [rows]);
}
`,
      'app/logs/page.tsx':
        "import { useRateLimitLogs } from '../../lib/use-rate-limit-logs';\nexport default function Page() { return useRateLimitLogs([]).length; }\n",
    }),
    notApplicable: true,
  },
  'Arcjet without a rule that counts': {
    files: next(
      {
        'middleware.ts': `import arcjet, { detectBot, shield } from '@arcjet/next';
const aj = arcjet({ key: 'k', rules: [shield({ mode: 'LIVE' }), detectBot({ allow: [] })] });
export async function middleware(request: Request) {
  await aj.protect(request);
}
`,
      },
      { '@arcjet/next': '1' },
    ),
    notApplicable: true,
  },
  'only a limiter that nothing imports': {
    files: next({
      'lib/limit.ts': counting,
      'app/api/a/route.ts': 'export async function GET() { return Response.json({}); }\n',
    }),
    notApplicable: true,
  },
  'an index file passes on a name that nobody asks for': {
    files: next({
      'lib/index.ts': "export * from './limit';\nexport const other = 1;\n",
      'lib/limit.ts': counting,
      'app/api/a/route.ts':
        "import { other } from '../../../lib';\nexport async function GET() { return Response.json({ other }); }\n",
    }),
    notApplicable: true,
  },
  'a limiter in a test': {
    files: next({ 'tests/limit.ts': counting }),
    notApplicable: true,
  },
  'no server': {
    files: { 'package.json': '{ "name": "lib", "dependencies": { "react": "18" } }' },
    notApplicable: true,
  },
});
