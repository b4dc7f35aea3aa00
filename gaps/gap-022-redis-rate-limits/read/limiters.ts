import type { Repo } from '../../../src/contract.ts';
import { importersOf } from '../../../src/read/code/imports.ts';
import { type Counts, MAY_LIMIT } from '../tables.ts';
import { libraryLimiters } from './library-limiters.ts';
import { memoryCounters } from './memory-counters.ts';
import type { Place } from './place.ts';
import { pythonLimiters } from './python-limiters.ts';
import { type LackingAddress, lackingAddress } from './redis-address.ts';
import type { ServerPackage } from './server-packages.ts';
import { findSharedCounter, isNearSharedCounter } from './shared-counters.ts';
import { isUsed } from './usage.ts';

/** Something that counts requests and refuses some. */
export interface Limiter extends Place {
  readonly counts: Counts;
  /** Whether anything that runs reaches it. */
  readonly isUsed: boolean;
  /** How to let it count in Redis, in place of what a hand-made one is told. */
  readonly advice: string | undefined;
  /** Undefined for what is no JavaScript. */
  readonly within: ServerPackage | undefined;
  /** Nobody tells it where its Redis is. */
  readonly lacks: LackingAddress | undefined;
}

const STORAGE = 'pass storage_uri=os.environ["REDIS_URL"] to Limiter';

/** Every limiter of the repository's servers, by path and position. What stands in for a shared one is left out. */
export function limitersIn(repo: Repo, packages: readonly ServerPackage[]): readonly Limiter[] {
  const own = packages.flatMap((within) => within.code.flatMap((path) => limitersOfFile(repo, within, path)));
  const python = pythonLimiters(repo).map(
    (each): Limiter => ({
      ...each,
      isUsed: true,
      advice: /slowapi|flask/.test(each.name) ? STORAGE : undefined,
      within: undefined,
      lacks: undefined,
    }),
  );
  return [...own, ...python].sort((a, b) => (a.path === b.path ? a.at - b.at : a.path < b.path ? -1 : 1));
}

function limitersOfFile(repo: Repo, within: ServerPackage, path: string): readonly Limiter[] {
  if (!repo.mentions(path, MAY_LIMIT)) return [];
  const libraries = libraryLimiters(repo, path);
  const isShared = libraries.some(({ counts }) => counts === 'outside');
  const shared = isShared ? undefined : findSharedCounter(repo, path);
  const counters = memoryCounters(repo, path);
  const memory = counters.length > 0 && !isFallback(repo, within, path) ? counters : [];
  const places = [
    ...libraries,
    ...(shared ? [{ ...shared, counts: 'outside' as const, advice: undefined }] : []),
    ...memory.map((place) => ({ ...place, counts: 'in memory' as const, advice: undefined })),
  ];
  return places.map((place): Limiter => {
    const isReached = isUsed(repo, within, path, place.at);
    const isAway = isReached && place.counts === 'outside';
    return {
      ...place,
      within,
      isUsed: isReached,
      lacks: isAway ? lackingAddress(repo, within, path) : undefined,
    };
  });
}

/** A count in memory beside a shared one is what remains when the shared one is away. */
function isFallback(repo: Repo, within: ServerPackage, path: string): boolean {
  const importers = importersOf(repo, within, path).map((importer) => importer.path);
  return [path, ...importers].some((each) => isNearSharedCounter(repo, within, each));
}
