import type { Finding, Repo } from '../../src/contract.ts';
import { oncePer } from '../../src/repo/once.ts';
import { type Caller, callersOf } from './callers.ts';
import type { OpenGuard } from './guard.ts';
import { type DebugRoute, debugRoutes } from './routes.ts';

/** A route that answers anybody. */
export interface OpenRoute extends DebugRoute {
  readonly guard: OpenGuard;
}

/** An open debug url: the files that serve it, and what needs it. Closed together or not at all. */
export interface Unit {
  readonly url: string;
  readonly routes: readonly OpenRoute[];
  readonly callers: readonly Caller[];
}

/** Every open debug url of the repository. */
export const unitsOf = oncePer((repo: Repo): readonly Unit[] => {
  const open = repo.layout.apps.flatMap((app) => debugRoutes(repo, app)).filter(isOpen);
  const callers = callersOf(repo, open);
  return [...new Set(open.map(({ url }) => url))].map((url) => ({
    url,
    routes: open.filter((route) => route.url === url),
    callers: callers.filter((caller) => caller.url === url),
  }));
});

function isOpen(route: DebugRoute): route is OpenRoute {
  return route.guard.kind === 'none';
}

/** What of a unit is found open. */
export type UnitCode = 'debug-route' | 'calls-debug-route' | 'imports-debug-route';

/** The findings of a unit: its routes first. Tests, and routes that are findings themselves, are none. */
export function findingsOf({ url, routes, callers }: Unit): readonly Finding<UnitCode>[] {
  return [
    ...routes.map(({ path, guard }) => ({
      code: 'debug-route' as const,
      path,
      at: 0,
      data: { url, methods: methodsOf(guard) },
    })),
    ...callers.flatMap(({ path, at, kind }): readonly Finding<UnitCode>[] => {
      if (kind === 'test' || kind === 'test-import' || kind === 'route') return [];
      return [
        { code: kind === 'import' ? 'imports-debug-route' : 'calls-debug-route', path, at, data: { url } },
      ];
    }),
  ];
}

function methodsOf({ methods }: OpenGuard): string {
  const named = methods.filter((method) => method !== 'default');
  return named.length === 0 || named.length > 4 ? 'Any method of' : named.join(', ');
}

/** The units of which every finding is wanted: what a person keeps, its callers keep too. */
export function wantedUnits(repo: Repo, findings: readonly Finding[]): readonly Unit[] {
  const keyOf = ({ code, path, at }: Finding) => `${code} ${path} ${at}`;
  const wanted = new Map<string, Set<string>>();
  for (const finding of findings) {
    const url = finding.data?.url ?? '';
    wanted.set(url, (wanted.get(url) ?? new Set()).add(keyOf(finding)));
  }
  return unitsOf(repo).filter((unit) =>
    findingsOf(unit).every((finding) => wanted.get(unit.url)?.has(keyOf(finding))),
  );
}
