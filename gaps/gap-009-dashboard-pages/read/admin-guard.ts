import type { NextApp, Repo } from '../../../src/contract.ts';
import { findSpecial, foldersDownTo } from '../../../src/read/next/app-router.ts';
import { basename, dirname } from '../../../src/repo/paths.ts';
import type { PageCode } from './page-code.ts';

/** A guard in the browser alone: what it guards was sent already. */
export interface ClientGuard {
  /** Where it is asked for, in the page. */
  readonly at: number;
  /** The role that it lets in. */
  readonly role: string;
}

const ASKS_ON_SERVER = /\bgetServerSession\(|\bgetToken\(|\bwithAuth\(|\bauth\(\)/;
const ROLE = /\brole\s*!==?\s*["'](\w+)["']/;

/** The guard of a page that a component of the browser alone keeps; undefined where the server asks, or nobody does. */
export function clientGuardOf({ repo, app, path, code, imports }: PageCode): ClientGuard | undefined {
  if (isGuarded(repo, app, path)) return undefined;
  for (const file of imports()) {
    const guard = repo.mentions(file, /\buseSession\(/) ? ROLE.exec(repo.peek(file) ?? '') : null;
    const name = basename(file).replace(/\.[jt]sx$/, '');
    const at = guard ? code.indexOf(`<${name}`) : -1;
    if (guard && name !== '' && at !== -1) return { at, role: guard[1] ?? '' };
  }
  return undefined;
}

function isGuarded(repo: Repo, app: NextApp, path: string): boolean {
  const layouts = foldersDownTo(app, dirname(path)).flatMap(
    (folder) => findSpecial(repo, folder, 'layout') ?? [],
  );
  const front = app.middlewarePath === undefined ? [] : [app.middlewarePath];
  return [path, ...layouts, ...front].some((each) => repo.mentions(each, ASKS_ON_SERVER));
}
