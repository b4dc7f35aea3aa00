import type { NextApp, Repo } from '../../../src/contract.ts';
import { METHODS } from '../tables.ts';
import { exportOf, type Place, placeOf } from './definitions.ts';
import { middlewareGuard } from './middleware.ts';
import { judge } from './opening.ts';
import type { Verdict } from './verdict.ts';

/** What keeps a route from the public. It is as open as the most open of its handlers. */
export type Guard =
  /** Not there in production, or behind a login. */
  | { readonly kind: 'production' | 'authentication' }
  /** A guard of the repository's own: whether it shuts the route takes a person to say. */
  | { readonly kind: 'unproven'; readonly by: string }
  | OpenGuard;

/** Some handler answers anybody. */
export interface OpenGuard {
  readonly kind: 'none';
  /** The methods that do; `default` for a handler of the pages router. */
  readonly methods: readonly string[];
  /** The other handlers are shut, or may be: the file is more than an open route. */
  readonly isMixed: boolean;
  /** A handler is written where it cannot be read. */
  readonly isUnseen: boolean;
}

/**
 * What keeps a route from the public: guards in its handlers, wherever these are written, or the middleware. What is
 * commented out guards nothing.
 */
export function guardOf(repo: Repo, app: NextApp, route: Route): Guard {
  const guard = ownGuard(repo, app, route);
  if (guard.kind !== 'none') return guard;
  const by = middlewareGuard(repo, app, route.url);
  return by === undefined ? guard : { kind: 'unproven', by };
}

/** The file of a route, and how it is called. */
export interface Route {
  readonly path: string;
  readonly url: string;
  readonly kind: 'app' | 'pages';
}

function ownGuard(repo: Repo, app: NextApp, { path, kind }: Route): Guard {
  const place = placeOf(repo, app, path);
  const names = place ? handlerNames(place, kind) : undefined;
  if (!place || !names) return { kind: 'none', methods: [], isMixed: false, isUnseen: true };
  const verdicts = [...names].map((name) => ({ name, verdict: verdictOf(place, name) }));
  const isOpen = ({ verdict }: { readonly verdict: Verdict }) =>
    verdict.kind === 'open' || verdict.kind === 'unseen';
  const counted = verdicts.some(({ name }) => name !== 'OPTIONS')
    ? verdicts.filter(({ name }) => name !== 'OPTIONS')
    : verdicts;
  const open = counted.filter(isOpen);
  if (open.length > 0) {
    return {
      kind: 'none',
      methods: open.map(({ name }) => name),
      isMixed: counted.some(({ verdict: { kind: how } }) => how === 'authentication' || how === 'unproven'),
      isUnseen: open.some(({ verdict }) => verdict.kind === 'unseen'),
    };
  }
  const [unproven] = counted.flatMap(({ verdict }) => (verdict.kind === 'unproven' ? [verdict] : []));
  if (unproven) return unproven;
  return {
    kind: counted.every(({ verdict }) => verdict.kind === 'production') ? 'production' : 'authentication',
  };
}

function verdictOf(place: Place, name: string): Verdict {
  const found = exportOf(place, name);
  return found === undefined || found === 'unseen' ? { kind: 'unseen' } : judge(found);
}

/** The handlers that a route exports; undefined where nothing says which. */
function handlerNames(place: Place, kind: Route['kind']): readonly string[] | undefined {
  if (kind === 'pages') return ['default'];
  const names = [...METHODS].filter((method) => exportOf(place, method) !== undefined);
  return names.length > 0 ? names : undefined;
}
