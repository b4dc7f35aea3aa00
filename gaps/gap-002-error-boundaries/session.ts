import type { Repo } from '../../src/contract.ts';
import {
  findSpecial,
  layoutsAround,
  type NextApp,
  pageFoldersOf,
  rootLayoutFolder,
} from '../../src/read/app-router.ts';
import { reachableFrom } from '../../src/read/imports.ts';

/** A component that asks for the session where nothing provides one: its page crashes at every visit. */
export interface MissingProvider {
  /** The component that calls useSession. */
  readonly caller: string;
  /** Offset of the call. */
  readonly at: number;
  /** The root layout that could mount the provider. */
  readonly layout: string;
}

/**
 * Callers of next-auth's useSession that a page reaches while no layout around the page reaches a SessionProvider
 * (next-auth.js.org/getting-started/client: "useSession must be wrapped in a SessionProvider").
 */
export function missingProviders(repo: Repo, app: NextApp): readonly MissingProvider[] {
  const callers = new Map(app.files.flatMap((path) => callOf(repo, path)));
  if (callers.size === 0) return [];
  const found = new Map<string, MissingProvider>();
  for (const folder of pageFoldersOf(app)) {
    const root = rootLayoutFolder(repo, app, folder);
    const layout = root === undefined ? undefined : findSpecial(repo, root, 'layout');
    const page = findSpecial(repo, folder, 'page');
    if (layout === undefined || page === undefined) continue;
    const reached = reachableFrom(repo, app, [...layoutsAround(repo, app, folder), page]);
    if ([...reached].some((path) => isProvider(repo, path))) continue;
    for (const [caller, at] of callers) if (reached.has(caller)) found.set(caller, { caller, at, layout });
  }
  return [...found.values()];
}

function callOf(repo: Repo, path: string): readonly (readonly [string, number])[] {
  const text = repo.peek(path) ?? '';
  if (!text.includes('next-auth/react')) return [];
  const call = /\buseSession\s*[(<]/.exec(text);
  return call ? [[path, call.index]] : [];
}

function isProvider(repo: Repo, path: string): boolean {
  return /<SessionProvider[\s>/]/.test(repo.peek(path) ?? '');
}

/** A client component of the app that wraps its children in the provider, ready to be mounted. */
export function findProviders(
  repo: Repo,
  app: NextApp,
): { readonly path: string; readonly name: string; readonly isDefault: boolean } | undefined {
  for (const path of app.files) {
    const text = repo.peek(path) ?? '';
    if (
      !isProvider(repo, path) ||
      !/^['"]use client['"]/m.test(text) ||
      !/\{\s*(props\.)?children\s*\}/.test(text)
    )
      continue;
    const [, isDefault, name] = /export\s+(default\s+)?function\s+([A-Z]\w*)/.exec(text) ?? [];
    if (name !== undefined) return { path, name, isDefault: isDefault !== undefined };
  }
  return undefined;
}
