import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { isMaterial } from '../../../src/repo/standing.ts';

/** A health route of an Express server behind a limit on requests, which probes and visitors use up together. */
export interface LimitedHealth {
  readonly path: string;
  /** The call that puts the limit in front of everything. */
  readonly at: number;
  readonly url: string;
  /** Behind the brace that opens the limit's options. */
  readonly options: number;
}

const CODE = /\.[cm]?[jt]s$/;
const LIMITERS = /\b(?:const|let|var)\s+(\w+)\s*=\s*rateLimit\(\s*\{/g;
const USES = /\.use\(\s*(\w+)\s*\)/g;
const HEALTH = /\.get\(\s*['"`](\/(?:health(?:z)?|live|ready|ping|status))['"`]/;

/**
 * Health routes that a limit counts (express-rate-limit: "skip"): the limit is used for every path, before the route
 * is declared. Behind a proxy that is not trusted all requests have one address, and one bucket.
 */
export function limitedHealth(repo: Repo): readonly LimitedHealth[] {
  return repo
    .find(CODE)
    .filter((path) => !isMaterial(path) && repo.mentions(path, 'express-rate-limit'))
    .flatMap((path): LimitedHealth[] => {
      const code = withoutComments(repo, path);
      const health = HEALTH.exec(code);
      if (!health) return [];
      const limiters = new Map(
        [...code.matchAll(LIMITERS)].map(({ index, 0: call, 1: name = '' }) => [name, index + call.length]),
      );
      return [...code.matchAll(USES)].flatMap(({ index, 1: name = '' }): LimitedHealth[] => {
        const options = limiters.get(name);
        if (options === undefined || index > health.index) return [];
        const end = code.indexOf('})', options);
        const isSpared = /\bskip\b/.test(code.slice(options, end === -1 ? undefined : end));
        return isSpared ? [] : [{ path, at: index + 1, url: health[1] ?? '', options }];
      });
    });
}
