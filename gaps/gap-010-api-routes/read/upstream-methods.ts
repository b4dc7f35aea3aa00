import type { Repo } from '../../../src/contract.ts';

/** A handler of a service in this repository. */
export interface ServiceHandler {
  readonly path: string;
  readonly at: number;
  readonly method: string;
}

/** As Express, Fastify and Hono write it; a client of theirs has another name. */
const SERVES =
  /\b(?:app|server|fastify|\w{0,40}[rR]outer)\.(get|post|put|patch|delete)\(\s*(['"`])(\/admin\/api-keys(?:\/[\w:/-]{0,60})?)\2/g;

/** What the services of this repository let others do with the keys. */
export function keyHandlers(repo: Repo): readonly ServiceHandler[] {
  return repo
    .find(/(?<!\.(?:test|spec|d))\.[cm]?[jt]s$/)
    .filter((path) => repo.mentions(path, '/admin/api-keys'))
    .flatMap((path) =>
      [...(repo.peek(path) ?? '').matchAll(SERVES)].map(({ index, 1: method = '' }) => ({
        path,
        at: index,
        method,
      })),
    );
}
