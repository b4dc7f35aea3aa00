import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { edgeClients } from './read/edge-clients.ts';
import { type Limiter, limitersIn } from './read/limiters.ts';
import type { Place } from './read/place.ts';
import { findProxyLimit } from './read/proxy-limit.ts';
import { serverPackages } from './read/server-packages.ts';

/** What limits the requests to the servers of a repository. */
export interface RateLimits {
  readonly limiters: readonly Limiter[];
  /** Clients of Redis that middleware cannot load where it runs. */
  readonly edgeClients: readonly Place[];
  /** What limits in front of an application that does not do so itself. */
  readonly proxy: Place | undefined;
  /** The Compose files that run the servers. */
  readonly stacks: readonly string[];
}

/** Reads the limiters of the servers; without any there is no store to replace, which is not the same as being protected. */
export function readRateLimits(repo: Repo): RateLimits | NotApplicable | Unknown {
  const packages = serverPackages(repo);
  const limiters = limitersIn(repo, packages);
  const clients = edgeClients(repo, packages);
  const stacks = repo.layout.compose.filter(({ deployed }) => deployed !== 'no').map(({ path }) => path);
  const used = limiters.filter(({ isUsed }) => isUsed);
  const isShared = limiters.some(({ counts }) => counts === 'outside');
  if (used.length > 0 || clients.length > 0 || isShared)
    return unreadable(limiters, clients) ?? { limiters, edgeClients: clients, proxy: undefined, stacks };
  const proxy = findProxyLimit(repo);
  if (proxy) return { limiters, edgeClients: clients, proxy, stacks };
  if (packages.length === 0)
    return notApplicable('no JavaScript or TypeScript server, and no limiter of a Python one');
  const unused = limiters[0] ? `; ${limiters[0].path} holds a limiter that nothing uses` : '';
  return notApplicable(
    `no store to replace: no limiter was found in the JavaScript and TypeScript servers${unused}`,
  );
}

/** Where nothing is wrong but one limiter may be, because its options come from elsewhere. */
function unreadable(limiters: readonly Limiter[], clients: readonly Place[]): Unknown | undefined {
  const used = limiters.filter(({ isUsed }) => isUsed);
  const hidden = used.find(({ counts }) => counts === 'unreadable');
  const isWrong =
    clients.length > 0 || used.some(({ counts, lacks }) => counts === 'in memory' || lacks !== undefined);
  return hidden && !isWrong
    ? unknown(`${hidden.path} hands ${hidden.name} its options from elsewhere; their store was not read`)
    : undefined;
}
