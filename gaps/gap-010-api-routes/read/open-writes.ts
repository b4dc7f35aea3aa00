import type { NextApp, Repo } from '../../../src/contract.ts';
import { findSignIn } from '../../../src/read/sign-in/sign-in.ts';
import { ANY_QUESTION, CHANGES_RECORD, CHANGING_METHODS } from '../tables.ts';
import type { Handler } from './handlers.ts';
import type { Middleware } from './middleware.ts';
import type { Missing } from './missing-parts.ts';

/**
 * The handlers by which anybody may change a record, in an application with sign-in; none where anything on their
 * way might ask who it is. What another method of the route asks does not guard them.
 */
export function openWrites(
  repo: Repo,
  app: NextApp,
  route: { readonly url: string; readonly handlers: readonly Handler[]; readonly middleware: Middleware },
): readonly Missing[] {
  const open = route.handlers.filter(
    ({ method, near, far }) =>
      CHANGING_METHODS.has(method) && CHANGES_RECORD.test(near) && !ANY_QUESTION.test(far),
  );
  const isAsked = open.length > 0 && (!findSignIn(repo, app) || route.middleware.guards(route.url));
  return isAsked || open.length === 0 ? [] : [{ part: 'no-authentication', handlers: open }];
}
