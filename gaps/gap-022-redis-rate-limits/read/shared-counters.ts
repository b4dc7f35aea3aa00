import type { Repo, SourceModule } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { walk } from '../../../src/read/code/walk.ts';
import { routeHandlers } from '../../../src/read/next/next-routes.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { MAY_LIMIT } from '../tables.ts';
import { libraryLimiters } from './library-limiters.ts';
import type { Place } from './place.ts';
import type { ServerPackage } from './server-packages.ts';

const CLIENT = /redis|valkey|upstash|\bkv\b|keydb|dragonfly/i;
const COUNTING: ReadonlySet<string> = new Set(['incr', 'incrby', 'zadd', 'eval', 'evalsha', 'increment']);
const SAYS_LIMIT = /rate.?limit|\b429\b|too.?many|throttl|limit(?:ed|er)(?![a-z])/i;
const TABLE =
  /\b(?:prisma|db|tx|client)\w{0,40}\.\w{0,40}rate_?limit\w{0,40}\.(?:upsert|update|create|findFirst|findUnique)|INSERT\s+INTO\s+["'`]?\w{0,40}rate_?limit|\.(?:insert|update)\(\s*\w{0,40}rate_?limits?\w{0,40}\s*\)|\brate_?limits?\w{0,40}\.(?:findOneAndUpdate|updateOne)\(|collection\(\s*['"]\w{0,40}rate_?limit/i;
const BINDING = /\benv\.\w{0,40}(?:RATE|LIMIT)\w{0,40}\.limit\(/;

/** The limiter of its own that a file keeps outside of the process: in Redis, a table, or a binding of its host. */
export function findSharedCounter(repo: Repo, path: string): Place | undefined {
  return sharedCounters(repo)(path);
}

const sharedCounters = oncePer((repo: Repo) => {
  const known = new Map<string, Place | undefined>();
  return (path: string) => {
    if (!known.has(path)) known.set(path, readSharedCounter(repo, path));
    return known.get(path);
  };
});

function readSharedCounter(repo: Repo, path: string): Place | undefined {
  if (!repo.mentions(path, SAYS_LIMIT)) return undefined;
  const code = withoutComments(repo, path);
  const said = code.search(SAYS_LIMIT);
  if (said === -1) return undefined;
  const module = CLIENT.test(code) ? peekModule(repo, path) : undefined;
  const counts = module ? countsIn(module) : [];
  // A client counts other things, too.
  const counted = counts.find((at) => at >= said) ?? counts[0];
  if (counted !== undefined) return { path, at: counted, name: 'Redis' };
  const table = TABLE.exec(code);
  if (table) return { path, at: table.index, name: 'a database table' };
  const binding = BINDING.exec(code);
  return binding ? { path, at: binding.index, name: 'a binding of Cloudflare' } : undefined;
}

/** Where a module asks a client to count: `.incr(key)`, `.call('INCR', key)`, a script. */
function countsIn(module: SourceModule): readonly number[] {
  const found: number[] = [];
  walk(module, {
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const isCommand = first?.type === 'Literal' && first.value === 'INCR';
      if (COUNTING.has(callee.property.name.toLowerCase()) || isCommand)
        found.push(callee.property.start - 1);
    },
  });
  return found.sort((a, b) => a - b);
}

/**
 * Whether a file, what it imports, or a route of the app that one of these calls counts outside of the process:
 * middleware asks such a route, since it cannot open Redis itself.
 */
export function isNearSharedCounter(repo: Repo, within: ServerPackage, path: string): boolean {
  const own = withImports(repo, within, [path]);
  const routes = own.flatMap((file) => routesCalledBy(repo, within, file));
  const asked = withImports(repo, within, withImports(repo, within, routes));
  return [...own, ...asked].some((file) => countsOutside(repo, file));
}

function countsOutside(repo: Repo, path: string): boolean {
  if (!repo.mentions(path, MAY_LIMIT)) return false;
  return (
    findSharedCounter(repo, path) !== undefined ||
    libraryLimiters(repo, path).some(({ counts }) => counts === 'outside')
  );
}

/** Files, and those that they import. */
export function withImports(repo: Repo, { dir }: ServerPackage, paths: readonly string[]): readonly string[] {
  const imported = paths.flatMap((path) => {
    const module = peekModule(repo, path);
    return module
      ? requestsOf(module).flatMap(({ specifier }) => resolveImport(repo, { dir }, path, specifier) ?? [])
      : [];
  });
  return [...new Set([...paths, ...imported])];
}

/** The route files of the app whose addresses a file that fetches names. */
function routesCalledBy(repo: Repo, { app }: ServerPackage, path: string): readonly string[] {
  const module = app && repo.mentions(path, 'fetch(') ? peekModule(repo, path) : undefined;
  if (!app || !module) return [];
  const texts: string[] = [];
  walk(module, {
    Literal: ({ value }) => {
      if (typeof value === 'string') texts.push(value);
    },
    TemplateElement: ({ value }) => {
      texts.push(value.cooked ?? value.raw);
    },
  });
  const names = ({ url }: { readonly url: string }) => {
    const address = new RegExp(`${escaped(url.replace(/\/\[.*$/, ''))}(?![\\w-])`);
    return texts.some((text) => address.test(text));
  };
  return routeHandlers(repo, app)
    .filter(names)
    .map((route) => route.path);
}
