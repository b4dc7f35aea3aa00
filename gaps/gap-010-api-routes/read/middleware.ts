import type { NextApp, Repo } from '../../../src/contract.ts';
import { codeBehind } from '../../../src/read/code/code-behind.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { modulePartsOf } from '../../../src/read/code/module-parts.ts';
import { ASKS_WHO, GUARDING_MIDDLEWARE, GUARDS, LIMITS, REFUSES } from '../tables.ts';

/** What stands in front of the routes of an app. */
export interface Middleware {
  readonly limitsRate: boolean;
  /** Whether a route is reached only by those who are signed in. */
  guards(url: string): boolean;
}

const ENTRIES = ['middleware', 'proxy', 'default'];

/** Reads an app's middleware; without one nothing stands in front. */
export function middlewareOf(repo: Repo, app: NextApp): Middleware {
  const { middlewarePath } = app;
  if (middlewarePath === undefined) return { limitsRate: false, guards: () => false };
  const text = withoutComments(repo, middlewarePath);
  const behind = ENTRIES.map((name) => codeBehind(repo, app, { path: middlewarePath, name, hops: 2 }));
  const code = [text, ...behind].join('\n');
  const config = codeBehind(repo, app, { path: middlewarePath, name: 'config', hops: 0 });
  const asks = GUARDING_MIDDLEWARE.test(text) || asksForLogin(code) || handsOnGuard(repo, middlewarePath);
  return { limitsRate: LIMITS.test(code), guards: (url) => asks && covers(config, url) };
}

/** Whether code finds out who asks and turns strangers away. */
export function asksForLogin(code: string): boolean {
  return GUARDS.test(code) || (ASKS_WHO.test(code) && REFUSES.test(code));
}

/** `export { auth as middleware } from './auth'`: what a library made stands in front as it is. */
function handsOnGuard(repo: Repo, path: string): boolean {
  const taken = modulePartsOf(repo, path)?.taken;
  return ENTRIES.some((name) => {
    const request = taken?.get(name);
    return request?.exportedAs !== undefined && /^(?:auth|default)$/.test(request.name);
  });
}

/** Unless the matcher of its configuration leaves the address out. */
function covers(config: string, url: string): boolean {
  if (!/\bmatcher\b/.test(config)) return true;
  return [...config.matchAll(/['"`](\/[^'"`]*)['"`]/g)].some(([, pattern = '']) => {
    if (pattern.startsWith('/('))
      return /^\/\((?:api|trpc)/.test(pattern) || !/\(\?![^)]{0,300}\bapi\b/.test(pattern);
    const fixed = pattern.replace(/\/?[:(*].*/s, '');
    return url === fixed || url.startsWith(`${fixed}/`);
  });
}
