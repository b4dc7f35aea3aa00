import type { Repo } from '../../../src/contract.ts';
import type { Caller } from './caller.ts';
import { codeCallers } from './code-callers.ts';
import { importCallers } from './import-callers.ts';
import type { DebugRoute } from './routes.ts';
import { settingCallers } from './setting-callers.ts';

/** Everything in the repository that needs one of some routes. */
export function callersOf(repo: Repo, routes: readonly DebugRoute[]): readonly Caller[] {
  if (routes.length === 0) return [];
  const found = [
    ...codeCallers(repo, routes),
    ...routes.flatMap((route) => importCallers(repo, route)),
    ...settingCallers(repo, routes),
  ];
  return found.flatMap((caller): readonly Caller[] => {
    const own = routes.filter(({ path }) => path === caller.path);
    if (own.length === 0) return [caller];
    return own.some(({ url }) => url === caller.url) ? [] : [{ ...caller, kind: 'route' }];
  });
}
