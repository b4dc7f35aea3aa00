import type { Finding, Findings } from '../../src/contract.ts';
import { addressOf, type Handler } from './read/handlers.ts';
import type { MissingPart } from './read/missing-parts.ts';
import type { ApiState, JudgedRoute } from './read.ts';

export type Code =
  | MissingPart
  | 'waits-forever'
  | 'keys-elsewhere'
  | 'stub-route'
  | 'sibling-lacks'
  | 'unread-route';

/** What is missing of each route, with the methods that miss it, and which files wait without end for a service. */
export function detect({ routes, keyHandlers }: ApiState): Findings<Code> {
  const found = routes.flatMap((route) => (route.standing === 'sibling' ? besides(route) : lacking(route)));
  const [kept, ...others] = keyHandlers;
  const isOnlyListed = kept && [kept, ...others].every(({ method }) => method === 'get');
  const keys: readonly Finding<Code>[] = isOnlyListed
    ? [{ code: 'keys-elsewhere', path: kept.path, at: kept.at }]
    : [];
  return { findings: [...found, ...waits(routes), ...keys] };
}

/** One finding for each file, however many routes go through it. */
function waits(routes: readonly JudgedRoute[]): readonly Finding<Code>[] {
  const places = routes.flatMap(({ waiting }) => waiting);
  const paths = [...new Set(places.map(({ path }) => path))];
  return paths.map((path) => ({
    code: 'waits-forever',
    path,
    at: places.find((place) => place.path === path)?.at ?? 0,
  }));
}

function lacking(route: JudgedRoute): readonly Finding<Code>[] {
  const { path, url, isRead, stubs, missing } = route;
  if (!isRead) return [{ code: 'unread-route', path, at: 0, data: { url } }];
  return [
    ...stubs.map(({ reason, handlers }) => ({
      code: 'stub-route' as const,
      path,
      at: firstOf(handlers),
      data: { url: addressOf(url, handlers), reason },
    })),
    ...missing.map(({ part, handlers }) => ({
      code: part,
      path,
      at: firstOf(handlers.length > 0 ? handlers : route.handlers),
      data: { url: addressOf(url, handlers) },
    })),
  ];
}

function firstOf(handlers: readonly Handler[]): number {
  return Math.min(...handlers.map(({ at }) => at));
}

/** What a note tells of a route that the runbook does not name. */
const NOTED: Readonly<Partial<Record<MissingPart, string>>> = {
  'no-authentication': 'login',
  'body-first': 'login before its body is read',
  'no-validation': 'validation',
  'unescaped-query': 'escaping of its query',
  'mock-data': 'real data',
};

function besides({ path, url, missing }: JudgedRoute): readonly Finding<Code>[] {
  const lacks = missing.flatMap(({ part }) => NOTED[part] ?? []);
  if (lacks.length === 0) return [];
  return [{ code: 'sibling-lacks', path, at: 0, data: { url, lacks: lacks.join(', no ') } }];
}
