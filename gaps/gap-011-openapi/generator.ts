import type { Repo, Workspace } from '../../src/contract.ts';
import { reachableFrom } from '../../src/read/code/imports.ts';
import { routeHandlers } from '../../src/read/next/next-routes.ts';
import { isInside } from '../../src/repo/paths.ts';

/** A package that writes a description, or serves one it reads from code. */
const GENERATOR =
  /^(next-openapi-gen|next-openapi-route-handler|@omer-x\/next-openapi-json-generator|@asteasolutions\/zod-to-openapi|@hono\/zod-openapi|hono-openapi|zod-openapi|trpc-openapi|trpc-to-openapi|trpc-swagger|@ts-rest\/open-api|@orpc\/openapi|@elysiajs\/(?:swagger|openapi)|tsoa|next-rest-framework|@nestjs\/swagger|fumadocs-openapi)$/;
/** A package with one of these answers at addresses of its own. */
const SERVER = /^(express|fastify|koa|hono|elysia|@nestjs\/core|@hapi\/hapi|restify)$/;

export interface Generator {
  readonly name: string;
  readonly path: string;
}

/** A generator that the code uses, so that the description of an app's routes is made when asked for or built. */
export function findGenerator(repo: Repo): Generator | undefined {
  for (const workspace of repo.layout.packages) {
    const text = repo.peek(workspace.path) ?? '';
    if (!/openapi|open-api|swagger|tsoa|next-rest-framework/.test(text)) continue;
    const { dependencies, devDependencies } = workspace.manifest;
    const names = Object.keys({ ...dependencies, ...devDependencies }).filter((each) => GENERATOR.test(each));
    const name = names.find((each) => isUsed(repo, each, text) && isForAnApp(repo, workspace, each));
    if (name !== undefined) return { name, path: workspace.path };
  }
  return undefined;
}

/** What describes a server beside the apps says nothing of their routes, unless they hand requests to it. */
function isForAnApp(repo: Repo, { dir, manifest }: Workspace, name: string): boolean {
  const { apps } = repo.layout;
  if (apps.some((app) => app.dir === dir)) return true;
  const users = usersOf(repo, name).filter((path) => isInside(dir, path));
  const isServer = Object.keys(manifest.dependencies).some((each) => SERVER.test(each));
  if (!isServer) return true;
  return apps.some((app) => {
    const reached = reachableFrom(
      repo,
      app,
      routeHandlers(repo, app).map(({ path }) => path),
    );
    return users.some((path) => reached.has(path));
  });
}

function usersOf(repo: Repo, name: string): readonly string[] {
  return repo
    .find(/(?<!\.d)\.[cm]?[jt]sx?$/)
    .filter((path) => [`'${name}`, `"${name}`].some((use) => repo.peek(path)?.includes(use)));
}

function isUsed(repo: Repo, name: string, manifest: string): boolean {
  const bare = name.replace(/^@[^/]+\//, '');
  if (
    new RegExp(
      `"[\\w:.-]+"\\s*:\\s*"[^"]*\\b${bare}\\b[^"]*\\b(generate|spec|build|run)|"[\\w:.-]+"\\s*:\\s*"(?:npx )?${bare}\\b(?! *[\\d^~])`,
    ).test(manifest)
  )
    return true;
  return repo.exists('next.openapi.json') || usersOf(repo, name).length > 0;
}
