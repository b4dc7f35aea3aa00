import type { Repo } from '../../src/contract.ts';
import { importersOf, reachableFrom } from '../../src/read/code/imports.ts';
import { memoryCounters, type Place } from './counters.ts';
import { pythonLimiters } from './elsewhere.ts';
import { libraryLimiters } from './libraries.ts';
import { type ServerPackage, serverPackages } from './server-code.ts';
import { findSharedCounter, hasSharedCounter } from './shared.ts';
import { isUsed } from './use.ts';
import { mayLimit } from './words.ts';

/** Something that counts requests and refuses some. */
export interface Limiter extends Place {
  readonly keeps: 'memory' | 'shared' | 'unreadable';
  /** Whether anything that runs reaches it. */
  readonly used: boolean;
  /** Undefined for what is no JavaScript. */
  readonly within: ServerPackage | undefined;
}

const known = new WeakMap<Repo, readonly Limiter[]>();

/** Every limiter of the repository's servers, by path and position. What stands in for a shared one is left out. */
export function limitersOf(repo: Repo): readonly Limiter[] {
  const found = known.get(repo) ?? readLimiters(repo);
  known.set(repo, found);
  return found;
}

function readLimiters(repo: Repo): readonly Limiter[] {
  const own = serverPackages(repo).flatMap((within) =>
    within.code.flatMap((path) => limitersIn(repo, within, path)),
  );
  const others = pythonLimiters(repo).map((place) => ({ ...place, used: true, within: undefined }));
  return [...own, ...others].sort((a, b) => (a.path === b.path ? a.at - b.at : a.path < b.path ? -1 : 1));
}

function limitersIn(repo: Repo, within: ServerPackage, path: string): readonly Limiter[] {
  if (!mayLimit(repo.peek(path) ?? '')) return [];
  const libraries = libraryLimiters(repo, path);
  const counted = findSharedCounter(repo, path);
  const counters = memoryCounters(repo, path);
  const memory = counters.length > 0 && !isFallback(repo, within, path) ? counters : [];
  const places = [
    ...libraries.map(({ name, at, keeps }) => ({ path, name, at, keeps })),
    ...(counted && !libraries.some(({ keeps }) => keeps === 'shared')
      ? [{ ...counted, keeps: 'shared' as const }]
      : []),
    ...memory.map((place) => ({ ...place, keeps: 'memory' as const })),
  ];
  return places.map((place) => ({ ...place, within, used: isUsed(repo, within, path, place.at) }));
}

/** A count in memory beside a shared one is what remains when the shared one is away. */
function isFallback(repo: Repo, within: ServerPackage, path: string): boolean {
  if (hasSharedCounter(repo, within, path)) return true;
  const scope = { dir: within.dir, files: within.files };
  return importersOf(repo, scope, path).some(({ path: importer }) =>
    hasSharedCounter(repo, within, importer),
  );
}

const NODE_CLIENT = /(?:from|import|require\()\s*['"](ioredis|redis|@redis\/client|iovalkey)['"]/;

/** A client of Redis that the middleware of a Next.js app loads although it runs on the Edge, which has no sockets. */
export function edgeClients(repo: Repo): readonly Place[] {
  return serverPackages(repo).flatMap((within) => {
    const path = within.app?.middlewarePath;
    if (path === undefined || runsOnNode(repo.peek(path) ?? '', path)) return [];
    return [...reachableFrom(repo, { dir: within.dir }, [path])].flatMap((file) => {
      const text = repo.peek(file) ?? '';
      const match = /redis|iovalkey/.test(text) ? NODE_CLIENT.exec(text) : null;
      return match && !/import\s+type\s[^;]*$/.test(text.slice(0, match.index))
        ? [{ path: file, at: match.index, name: match[1] ?? '' }]
        : [];
    });
  });
}

/** proxy.ts of Next.js 16 always does; middleware where it says so (Next.js 15.2 and later). */
function runsOnNode(text: string, path: string): boolean {
  return /(^|\/)proxy\.\w+$/.test(path) || /runtime\s*[:=]\s*['"]nodejs['"]/.test(text);
}
