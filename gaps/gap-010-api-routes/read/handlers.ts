import type { NextApp, Repo } from '../../../src/contract.ts';
import { codeBehind } from '../../../src/read/code/code-behind.ts';
import { peekModule } from '../../../src/read/code/imports.ts';
import type { RouteHandlers } from '../../../src/read/next/next-routes.ts';
import { once } from '../../../src/repo/once.ts';

/** One method of a route, and the code that runs when it is called. */
export interface Handler {
  /** `default` where one export answers all methods. */
  readonly method: string;
  /** Offset of its export. */
  readonly at: number;
  /** What stands in the route's own file. */
  readonly own: string;
  /** With what that imports. */
  readonly near: string;
  /** With what that imports in turn. */
  readonly far: string;
}

/** The methods that a route answers with code of its own, those aside that Next.js answers by itself. */
export function handlersOf(repo: Repo, app: NextApp, { path, methods }: RouteHandlers): readonly Handler[] {
  const names = methods === 'unknown' ? ['default'] : methods.filter((each) => !/HEAD|OPTIONS/.test(each));
  return names.map((name) => {
    const [at, own, near, far] = [
      once(() => exportOffset(repo, path, name)),
      once(() => codeBehind(repo, app, { path, name, hops: 0 })),
      once(() => codeBehind(repo, app, { path, name, hops: 1 })),
      once(() => codeBehind(repo, app, { path, name, hops: 2 })),
    ];
    return {
      method: name,
      get at() {
        return at();
      },
      get own() {
        return own();
      },
      get near() {
        return near();
      },
      get far() {
        return far();
      },
    };
  });
}

function exportOffset(repo: Repo, path: string, name: string): number {
  const found = peekModule(repo, path)?.exports.find(({ entries }) =>
    entries.some(
      ({ exportName }) => exportName.name === name || (name === 'default' && exportName.kind === 'Default'),
    ),
  );
  return found?.start ?? 0;
}

/** As people say it: `PUT and DELETE /api/notes/[id]`. */
export function addressOf(url: string, handlers: readonly Handler[]): string {
  const methods = handlers.map(({ method }) => method).filter((method) => method !== 'default');
  return methods.length === 0 ? url : `${methods.join(' and ')} ${url}`;
}
