import { expect, test } from 'vitest';
import { createRepo } from '../../../src/repo/repo.ts';
import { memorySource } from '../../../src/repo/source.ts';
import { memoryCounters } from './memory-counters.ts';

function countersOf(text: string): readonly string[] {
  const repo = createRepo(memorySource({ 'lib/limit.ts': text }));
  return memoryCounters(repo, 'lib/limit.ts').map(({ name }) => name);
}

test.each([
  [
    'a map on globalThis, under a name of the module',
    'store',
    `const known = globalThis as unknown as { limits?: Map<string, { n: number; until: number }> };
const store = (known.limits ??= new Map());
export function rateLimit(ip: string) {
  const now = Date.now();
  const entry = store.get(ip) ?? { n: 0, until: now + 1000 };
  entry.n += 1;
  store.set(ip, entry);
  return entry.n <= 10;
}`,
  ],
  [
    'a map on globalThis, asked for there',
    'globalThis.limits',
    `globalThis.limits = globalThis.limits ?? new Map();
export function isRateLimited(ip: string) {
  const now = Date.now();
  const hits = (globalThis.limits!.get(ip) || []).filter((at) => now - at < 60000);
  if (hits.length >= 20) return true;
  hits.push(now);
  globalThis.limits!.set(ip, hits);
  return false;
}`,
  ],
  [
    'a static field',
    'Limiter.hits',
    `class Limiter {
  static hits = new Map<string, { count: number; reset: number }>();
  static isLimited(key: string) {
    const now = Date.now();
    const hit = Limiter.hits.get(key);
    if (!hit || hit.reset < now) {
      Limiter.hits.set(key, { count: 1, reset: now + 1000 });
      return false;
    }
    hit.count++;
    return hit.count > 5;
  }
}`,
  ],
  [
    'a private field that a constructor fills',
    'this.buckets',
    `export class RateLimiter {
  private buckets: Map<string, { tokens: number; last: number }>;
  constructor() {
    this.buckets = new Map();
  }
  take(key: string) {
    const now = Date.now();
    const bucket = this.buckets.get(key) ?? { tokens: 10, last: now };
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    this.buckets.set(key, bucket);
    return true;
  }
}`,
  ],
  [
    'a field whose list is spread into a longer one',
    'this.#hits',
    `export class RateLimiter {
  #hits = new Map<string, number[]>();
  check(ip: string) {
    const now = Date.now();
    const recent = (this.#hits.get(ip) ?? []).filter((at) => at > now - 60000);
    this.#hits.set(ip, [...recent, now]);
    return recent.length < 10;
  }
}`,
  ],
  [
    'a list of times',
    'requests',
    `let requests: number[] = [];
export function throttle() {
  const now = Date.now();
  requests = requests.filter((at) => at > now - 1000);
  if (requests.length > 100) return true;
  requests.push(now);
  return false;
}`,
  ],
  [
    'a cache that forgets by itself',
    'cache',
    `import { LRUCache } from 'lru-cache';
const cache = new LRUCache<string, number>({ max: 1000, ttl: 60_000 });
export function rateLimit(ip: string) {
  const count = cache.get(ip) ?? 0;
  if (count >= 10) throw new Error('429');
  cache.set(ip, count + 1);
}`,
  ],
  [
    'one function counts, another compares',
    'attempts',
    `const attempts = new Map();
export function record(ip) {
  const attempt = attempts.get(ip) || { count: 0, first: Date.now() };
  attempt.count += 1;
  attempts.set(ip, attempt);
}
export function isRateLimited(ip) {
  return (attempts.get(ip)?.count ?? 0) > 5 && Date.now() - attempts.get(ip).first < 60000;
}`,
  ],
])('%s counts requests', (_what, name, text) => {
  expect(countersOf(text)).toEqual([name]);
});

test.each([
  [
    'a cache that counts its hits',
    `const cache = new Map();
export async function load(key) {
  const known = cache.get(key);
  if (known && known.until > Date.now()) {
    known.hits++;
    return known.value;
  }
  const answer = await fetch(key);
  if (answer.status === 429) throw new Error('rate limited');
  cache.set(key, { value: answer, until: Date.now() + 1000, hits: 0 });
}`,
  ],
  [
    'a basket',
    `const carts = new Map();
export function add(id, item) {
  const cart = carts.get(id) ?? { items: [], at: Date.now() };
  cart.items.push(item);
  if (cart.items.length > 0) cart.at = new Date();
  carts.set(id, cart);
}
export const availability = 'limited';`,
  ],
  [
    'a register of what is running',
    `const running = new Map();
export class Engine {
  next = 1;
  start(id, limit) {
    const instance = running.get(id) ?? { port: this.next, at: Date.now() };
    if (instance.port >= this.next) this.next = instance.port + 10;
    running.set(id, instance);
  }
}
export const isRateLimited = false;`,
  ],
  [
    'an amount that is booked',
    `const reservations = new Map();
export function settle(id, usage) {
  const reservation = reservations.get(id);
  usage.used = Math.max(0, usage.used - reservation.amount);
  if (usage.used > usage.limit) throw new Error('quota exceeded: rate limited');
  usage.used += 2;
  reservations.set(id, { amount: 0, at: Date.now() });
}`,
  ],
])('%s limits nobody', (_what, text) => {
  expect(countersOf(text)).toEqual([]);
});

test('messages of one’s own that are held back are no requests', () => {
  const text = `const sent = new Map();
export function isRateLimited(source) {
  const count = (sent.get(source) ?? 0) + 1;
  sent.set(source, count);
  return count > 10 && Date.now() > 0;
}`;
  const repo = createRepo(memorySource({ 'lib/telemetry/errors.ts': text }));
  expect(countersOf(text)).toEqual(['sent']);
  expect(memoryCounters(repo, 'lib/telemetry/errors.ts')).toEqual([]);
});
