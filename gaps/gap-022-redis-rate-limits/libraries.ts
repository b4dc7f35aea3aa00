import type { Repo, SourceModule } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { peekModule } from '../../src/read/code/imports.ts';
import { holds, nodesAt } from '../../src/read/code/nodes-at.ts';
import { specifiersOf } from '../../src/read/code/specifier-words.ts';
import type { Place } from './counters.ts';
import { localsOf } from './locals.ts';

/** A limiter of a library: where its counts are kept, as far as its arguments say. */
export interface LibraryLimiter extends Place {
  readonly library: string;
  readonly keeps: 'memory' | 'shared' | 'unreadable';
}

interface Library {
  readonly name: string;
  readonly packages: RegExp;
  /** What is called: the default import and these names of it. */
  readonly calls: RegExp;
  /** Arguments that hand it a store of its own; undefined where it has none but memory. */
  readonly shared: RegExp | undefined;
}

const STORE = /\bstore\b\s*(?=[:,}])(?!\s*:\s*(?:undefined|null|new\s+(?:\w+\.)?MemoryStore\b))/;

/** Limiters that count in memory unless told otherwise, by the documentation of each. */
const LIBRARIES: readonly Library[] = [
  {
    name: 'express-rate-limit',
    packages: /^express-rate-limit$/,
    calls: /^(rateLimit|RateLimit|expressRateLimit|default)$/,
    shared: STORE,
  },
  {
    name: 'express-slow-down',
    packages: /^express-slow-down$/,
    calls: /^(slowDown|default)$/,
    shared: STORE,
  },
  {
    name: 'express-brute',
    packages: /^express-brute$/,
    calls: /^default$/,
    shared: /^\(\s*(?!new\s+\w*\.?MemoryStore)\w/,
  },
  {
    name: 'rate-limiter-flexible',
    packages: /^rate-limiter-flexible$/,
    calls: /^RateLimiter(Memory|Cluster|Cluster\w+)$/,
    shared: undefined,
  },
  {
    name: '@fastify/rate-limit',
    packages: /^(@fastify\/|fastify-)rate-limit$/,
    calls: /^register$/,
    shared: /\b(redis|store)\b\s*[:,}]/,
  },
  {
    name: '@nestjs/throttler',
    packages: /^@nestjs\/throttler$/,
    calls: /^ThrottlerModule\.forRoot(Async)?$/,
    shared: /\bstorage\b\s*[:,}]/,
  },
  {
    name: 'hono-rate-limiter',
    packages: /^hono-rate-limiter$/,
    calls: /^rateLimiter$/,
    shared: /\bbinding\b\s*[:,}]|\bstore\b\s*(?=[:,}])(?!\s*:\s*(?:undefined|null|new\s+MemoryStore\b))/,
  },
  {
    name: 'koa-ratelimit',
    packages: /^koa-ratelimit$/,
    calls: /^(ratelimit|default)$/,
    shared: /driver\s*:\s*['"]redis|\bdb\s*:\s*(?:new\s+)?\w*redis/i,
  },
  { name: 'koa2-ratelimit', packages: /^koa2-ratelimit$/, calls: /^RateLimit\.middleware$/, shared: STORE },
  {
    name: 'elysia-rate-limit',
    packages: /^elysia-rate-limit$/,
    calls: /^rateLimit$/,
    shared: /\bcontext\b\s*[:,}]/,
  },
  {
    name: 'next-rate-limit',
    packages: /^(next|lambda)-rate-limit(er)?$/,
    calls: /^(rateLimit\w*|default)$/,
    shared: undefined,
  },
  {
    name: '@trpc-limiter/memory',
    packages: /^@trpc-limiter\/memory$/,
    calls: /^create\w+$/,
    shared: undefined,
  },
];

/** The packages that count in memory unless told otherwise. */
export const IN_MEMORY_PACKAGES = /rate-?limit|throttler|express-(slow-down|brute)|trpc-limiter/;

/** The limiters of these libraries that a file makes. */
export function libraryLimiters(repo: Repo, path: string): readonly LibraryLimiter[] {
  if (!repo.mentions(path, IN_MEMORY_PACKAGES)) return [];
  const names = specifiersOf(repo, path);
  const used = LIBRARIES.filter(({ packages }) => names.some((name) => packages.test(name)));
  if (used.length === 0) return [];
  const code = withoutComments(repo, path);
  return used.flatMap((library) => callsOf(repo, path, library, code));
}

const LONGEST_NAME = 200;

function callsOf(repo: Repo, path: string, library: Library, code: string): readonly LibraryLimiter[] {
  const imports = peekModule(repo, path);
  if (!imports) return [];
  const locals = localsOf(imports, code, library.packages);
  const mentions = mentionsOf(library, locals, code);
  const module = peekModule(repo, path);
  if (!module) return [];
  const found: LibraryLimiter[] = [];
  for (const { callee, node } of mentions.flatMap((mention) => callsAt(module, library, mention))) {
    // A chain of calls is as long as all that it calls; no library's name is.
    if (callee.end - callee.start > LONGEST_NAME) continue;
    const name = code.slice(callee.start, callee.end);
    const args = code.slice(callee.end, node.end).replace(/^\s*<[\s\S]*?>(?=\s*\()/, '');
    if (!isCallOf(library, locals, name, args) || isInsurance(code, node.start)) continue;
    found.push({
      path,
      at: node.start,
      name: library.name,
      library: library.name,
      keeps: keeps(library, args, code),
    });
  }
  const shared = found.filter((limiter) => limiter.keeps === 'shared');
  if (shared.length === 0) return found;
  return found.filter((limiter) => limiter.keeps !== 'memory' || !isOtherChoice(module, limiter, shared));
}

interface Call {
  readonly callee: Span;
  readonly node: Span;
}

/** Where the locals are named, or any `.register`, where that is how the library is called. */
function mentionsOf({ calls }: Library, locals: ReadonlyMap<string, string>, code: string): readonly Span[] {
  const names = [...locals.keys()].map((name) => `(?<![\\w$])${name.replaceAll('$', '\\$')}`);
  const words = calls.test('register') ? ['\\.register'] : names;
  if (words.length === 0) return [];
  return Array.from(
    code.matchAll(new RegExp(`(?:${words.join('|')})(?![\\w$])`, 'g')),
    ({ 0: word, index }) => ({ start: index, end: index + word.length }),
  );
}

/** The calls of what stands there. */
function callsAt(module: SourceModule, { calls }: Library, { start, end }: Span): readonly Call[] {
  return nodesAt(module, start).flatMap((node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return [];
    const { callee } = node;
    const isIts = calls.test('register') ? callee.end === end : callee.start === start;
    return isIts ? [{ callee, node }] : [];
  });
}

function isCallOf(
  { calls, packages }: Library,
  locals: ReadonlyMap<string, string>,
  callee: string,
  args: string,
): boolean {
  if (calls.test('register'))
    return (
      /\.register$/.test(callee) &&
      ([...locals.keys()].some((local) => new RegExp(`^\\(\\s*${local}\\b`).test(args)) ||
        packages.test(/^\(\s*(?:await\s+)?(?:import|require)\(\s*['"]([^'"]+)/.exec(args)?.[1] ?? ''))
    );
  const [head = '', ...rest] = callee.split('.');
  const imported = locals.get(head);
  if (imported === undefined) return false;
  const whole = [imported, ...rest].join('.');
  return (
    calls.test(whole) ||
    calls.test([head, ...rest].join('.')) ||
    (imported === 'default' && calls.test(rest.at(-1) ?? ' '))
  );
}

type Span = { readonly start: number; readonly end: number };

/** The other branch makes the limiter with a shared store: which one runs is a matter of the settings. */
function isOtherChoice(module: SourceModule, { at }: LibraryLimiter, shared: readonly LibraryLimiter[]) {
  return nodesAt(module, at).some((node) => {
    if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') return false;
    const { consequent, alternate } = node;
    if (!alternate) return false;
    const other = holds(consequent, at) ? alternate : holds(alternate, at) ? consequent : undefined;
    return other !== undefined && shared.some((limiter) => holds(other, limiter.at));
  });
}

/** A limiter that stands in when the shared one is away, by the option that takes it. */
function isInsurance(code: string, at: number): boolean {
  const before = code.slice(Math.max(0, at - 80), at);
  if (/insurance\w*\s*[:=]\s*(new\s+)?$/.test(before.slice(-60))) return true;
  const name = /(?:const|let|var)\s+(\w+)\s*=\s*$/.exec(before)?.[1];
  return name !== undefined && new RegExp(`insurance\\w*\\s*:\\s*${name}\\b`).test(code);
}

function keeps({ shared }: Library, args: string, code: string): LibraryLimiter['keeps'] {
  if (!shared) return 'memory';
  if (shared.test(args)) return 'shared';
  const spreads = [...args.matchAll(/\.\.\.(\w+)/g)].map(([, name = '']) => name);
  const whole = /^\(\s*(\w+)\s*\)$/.exec(args)?.[1];
  const named = whole === undefined ? spreads : [...spreads, whole];
  const declarations = named.map(
    (name) =>
      new RegExp(`\\b(?:const|let|var)\\s+${name}\\b[^=]*=\\s*(\\{[\\s\\S]*?\\n?\\};?)`).exec(code)?.[1],
  );
  if (declarations.some((value) => value !== undefined && shared.test(value))) return 'shared';
  return declarations.includes(undefined) ? 'unreadable' : 'memory';
}
