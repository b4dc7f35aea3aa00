import type { Repo } from '../../../src/contract.ts';
import { peekModule, reachableFrom, requestsOf } from '../../../src/read/code/imports.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { SOCKET_CLIENTS } from '../tables.ts';
import type { Place } from './place.ts';
import type { ServerPackage } from './server-packages.ts';

/** A client of Redis that the middleware of a Next.js app loads although it runs on the Edge, which has no sockets. */
export function edgeClients(repo: Repo, packages: readonly ServerPackage[]): readonly Place[] {
  return packages.flatMap(({ dir, app }) => {
    const path = app?.middlewarePath;
    if (path === undefined || runsOnNode(repo.peek(path) ?? '', path)) return [];
    return [...reachableFrom(repo, { dir }, [path])].flatMap((file) => clientsIn(repo, file));
  });
}

/** proxy.ts of Next.js 16 always does; middleware where it says so (Next.js 15.2 and later). */
function runsOnNode(text: string, path: string): boolean {
  return /(^|\/)proxy\.\w+$/.test(path) || /runtime\s*[:=]\s*['"]nodejs['"]/.test(text);
}

function clientsIn(repo: Repo, path: string): readonly Place[] {
  const module = repo.mentions(path, /redis|iovalkey/) ? peekModule(repo, path) : undefined;
  if (!module) return [];
  const client = requestsOf(module).find(({ specifier }) => SOCKET_CLIENTS.has(specifier))?.specifier;
  if (client === undefined) return [];
  const imported = module.imports.find(({ moduleRequest }) => moduleRequest.value === client);
  const named = module.text.search(new RegExp(`['"]${escaped(client)}['"]`));
  return [{ path, at: imported?.start ?? Math.max(0, named), name: client }];
}
