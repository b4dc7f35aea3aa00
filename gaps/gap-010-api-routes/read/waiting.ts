import type { NextApp, Repo } from '../../../src/contract.ts';
import { peekModule, requestsOf, resolveImport } from '../../../src/read/code/imports.ts';
import { TIMED } from '../tables.ts';
import type { Handler } from './handlers.ts';

/** A file that asks a service and waits for it without end. */
export interface Waiting {
  readonly path: string;
  readonly at: number;
}

const ASKS = /\bfetch\(/;

/** Where the handlers of a route ask a service without a limit of time: their own file, or one that they import. */
export function waitingFiles(
  repo: Repo,
  app: NextApp,
  path: string,
  handlers: readonly Handler[],
): readonly Waiting[] {
  if (handlers.some(({ own }) => ASKS.test(own))) return waitingIn(repo, path);
  const module = handlers.some(({ near }) => ASKS.test(near)) ? peekModule(repo, path) : undefined;
  const imported = (module ? requestsOf(module) : []).flatMap(
    ({ specifier }) => resolveImport(repo, app, path, specifier) ?? [],
  );
  return [...new Set(imported)].flatMap((file) => waitingIn(repo, file));
}

function waitingIn(repo: Repo, path: string): readonly Waiting[] {
  const text = repo.peek(path) ?? '';
  const at = text.search(ASKS);
  return at === -1 || TIMED.test(text) ? [] : [{ path, at }];
}
