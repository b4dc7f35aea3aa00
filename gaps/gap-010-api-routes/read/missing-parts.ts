import type { NextApp } from '../../../src/contract.ts';
import {
  INVENTED,
  LIMITS,
  NAMED_ROUTES,
  PICKS_FIELDS,
  READS_BODY,
  STORES,
  UNCACHED,
  VALIDATES,
  WRITING_METHODS,
} from '../tables.ts';
import type { Handler } from './handlers.ts';
import { asksForLogin, type Middleware } from './middleware.ts';
import { hasUnescapedQuery, hidesFailure } from './upstream.ts';

/** What a complete route has and one of these does not. */
export type MissingPart =
  | 'no-authentication'
  | 'body-first'
  | 'no-validation'
  | 'no-rate-limit'
  | 'unescaped-query'
  | 'mock-data'
  | 'cached-upstream'
  | 'hides-upstream-failure'
  | 'leaks-secret'
  | 'no-invitation-record'
  | 'read-only';

/** A missing part, and the handlers that miss it: none where the route as a whole does. */
export interface Missing {
  readonly part: MissingPart;
  readonly handlers: readonly Handler[];
}

/** A route with what stands around it. */
export interface Surroundings {
  readonly app: NextApp;
  /** Whether the service that keeps the keys stands in this repository, and offers nothing but to list them. */
  readonly onlyListsKeys: boolean;
  readonly url: string;
  /** The route's whole text, without comments. */
  readonly text: string;
  readonly middleware: Middleware;
}

type Misses = (handler: Handler, around: Surroundings) => boolean;

const PARTS: Readonly<Record<Exclude<MissingPart, 'read-only'>, Misses>> = {
  'no-authentication': isOpenToStrangers,
  'body-first': readsBodyFirst,
  'no-validation': ({ method, near }) =>
    WRITING_METHODS.has(method) && READS_BODY.test(near) && !VALIDATES.test(near),
  'no-rate-limit': ({ far }, { middleware }) => !middleware.limitsRate && far !== '' && !LIMITS.test(far),
  'unescaped-query': ({ near }) => hasUnescapedQuery(near),
  'mock-data': ({ near }) => INVENTED.test(near),
  'cached-upstream': isCached,
  'hides-upstream-failure': ({ near }) => hidesFailure(near),
  'leaks-secret': handsKeysOn,
  'no-invitation-record': ({ method, far }, { url }) =>
    url === '/api/invite' && WRITING_METHODS.has(method) && far !== '' && !STORES.test(far),
};

/** Every part of a complete route that handlers of this one miss. */
export function missingParts(handlers: readonly Handler[], around: Surroundings): readonly Missing[] {
  const missing = Object.entries(PARTS).flatMap(([part, misses]) => {
    const found = handlers.filter((handler) => misses(handler, around));
    return found.length === 0 || !isPart(part) ? [] : [{ part, handlers: found }];
  });
  const isReadOnly =
    around.url === '/api/admin/api-keys' &&
    !around.onlyListsKeys &&
    !handlers.some(({ method }) => WRITING_METHODS.has(method));
  return isReadOnly ? [...missing, { part: 'read-only', handlers: [] }] : missing;
}

function isPart(part: string): part is keyof typeof PARTS {
  return part in PARTS;
}

/** An invitation may be read by whoever holds its token; every other named route serves only the signed in. */
function isOpenToStrangers({ method, far }: Handler, { url, middleware }: Surroundings): boolean {
  const isGuarded = WRITING_METHODS.has(method) || (url !== '/api/invite' && NAMED_ROUTES.has(url));
  return isGuarded && far !== '' && !middleware.guards(url) && !asksForLogin(far);
}

/** What comes before a session is read, strangers can make the server do; what is no JSON ends in a 500. */
function readsBodyFirst(handler: Handler, around: Surroundings): boolean {
  const { own } = handler;
  const read = READS_BODY.exec(own);
  if (!read || around.middleware.guards(around.url) || isOpenToStrangers(handler, around)) return false;
  const before = own.slice(0, read.index).replace(/\bawait\s*$/, '');
  const isCaught = /\btry\b/.test(before) || own.startsWith('.catch(', read.index + read[0].length);
  return !isCaught && !/\bawait\b/.test(before);
}

/** An answer about keys that is handed on as it comes may hold pieces of them. */
function handsKeysOn({ method, own, near }: Handler, { url }: Surroundings): boolean {
  return (
    url === '/api/admin/api-keys' &&
    method === 'GET' &&
    /\bfetch\(/.test(near) &&
    !VALIDATES.test(near) &&
    !PICKS_FIELDS.test(own)
  );
}

/** Next.js 14 and before keep what a GET handler fetched (nextjs.org/docs/14: "Caching data"). */
function isCached({ method, near }: Handler, { app, text }: Surroundings): boolean {
  const major = Number(/\d+/.exec(app.next)?.[0] ?? Number.NaN);
  if ((major !== 13 && major !== 14) || UNCACHED.test(text)) return false;
  return method === 'GET' && /\bfetch\(/.test(near) && !UNCACHED.test(near);
}
