import type { Repo } from '../../../src/contract.ts';
import { PROXIES } from '../tables.ts';
import type { Place } from './place.ts';

/** A limit that a proxy in front keeps, which the application itself knows nothing of. */
export function findProxyLimit(repo: Repo): Place | undefined {
  for (const [name, files, limit] of PROXIES)
    for (const path of repo.find(files)) {
      const match = limit.exec(repo.peek(path) ?? '');
      if (match) return { path, at: match.index, name };
    }
  return undefined;
}
