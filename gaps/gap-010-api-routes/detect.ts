import type { Finding, Findings } from '../../src/contract.ts';
import { addressOf, type Handler } from './read/handlers.ts';
import type { MissingPart } from './read/missing-parts.ts';
import type { ApiState, JudgedRoute } from './read.ts';

export type Code = MissingPart | 'stub-route' | 'sibling-lacks' | 'unread-route';

/** What is missing of each route, with the methods that miss it. */
export function detect({ routes }: ApiState): Findings<Code> {
  return {
    findings: routes.flatMap((route) => (route.standing === 'sibling' ? besides(route) : lacking(route))),
  };
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
  'no-validation': 'validation',
  'mock-data': 'real data',
};

function besides({ path, url, missing }: JudgedRoute): readonly Finding<Code>[] {
  const lacks = missing.flatMap(({ part }) => NOTED[part] ?? []);
  if (lacks.length === 0) return [];
  return [{ code: 'sibling-lacks', path, at: 0, data: { url, lacks: lacks.join(', no ') } }];
}
