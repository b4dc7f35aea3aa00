import type { NextApp, Repo, Workspace } from '../../src/contract.ts';
import { SourceError } from '../../src/errors.ts';
import { dirname, join } from '../../src/repo/paths.ts';

/** A package whose code answers requests, or is imported by one that does. */
export interface ServerPackage {
  readonly dir: string;
  readonly workspace: Workspace;
  /** The Next.js app that it is, if any. */
  readonly app: NextApp | undefined;
  /** Everything that may import something: code and markup, without tests and what was built. */
  readonly files: readonly string[];
  /** Where limiters are looked for: code without markup. */
  readonly code: readonly string[];
}

const SERVES =
  /^(next|express|fastify|hono|koa|elysia|polka|restify|nuxt|h3|astro|@nestjs\/core|@hapi\/hapi|@trpc\/server|@apollo\/server|@remix-run\/node|@sveltejs\/kit|react-router|ws|socket\.io)$/;
const LIMITS =
  /rate-?limit|^limiter$|throttl|@arcjet\/|^express-(slow-down|brute)$|trpc-limiter|^(ioredis|redis|@redis\/client|@upstash\/redis|@vercel\/(kv|firewall))$/;
const ANY_CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const CODE = /(?<!\.d)\.[cm]?[jt]s$|(^|\/)route\.[jt]sx$/;
const NOT_SHIPPED =
  /\.(test|spec|stories|cy|config|min)\.[cm]?[jt]sx?$|(^|\/)(__\w+__|tests?|e2e|cypress|playwright|\.storybook|fixtures|dist|build|out|coverage|vendor|public|generated)\//;
/** Somebody's material, not what ships. */
const MATERIAL = /(^|\/)(\.?templates?|examples?|starters?|boilerplates?|fixtures|e2e|tests?)(\/|$)/;

const known = new WeakMap<Repo, readonly ServerPackage[]>();

/** The packages that answer requests, with those that stand in examples only where nothing else does. */
export function serverPackages(repo: Repo): readonly ServerPackage[] {
  const found = known.get(repo) ?? readPackages(repo);
  known.set(repo, found);
  return found;
}

function readPackages(repo: Repo): readonly ServerPackage[] {
  const serving = repo.layout.packages.filter((workspace) => isServing(repo, workspace));
  const shipped = serving.filter(({ dir }) => !MATERIAL.test(dir));
  const chosen = shipped.length > 0 ? shipped : serving;
  if (chosen.length === 0) return [];
  const files = filesByPackage(repo);
  return chosen.map((workspace) => {
    const own = (files.get(workspace.dir) ?? []).filter(
      (path) => !NOT_SHIPPED.test(path.slice(workspace.dir.length)),
    );
    return {
      dir: workspace.dir,
      workspace,
      app: repo.layout.apps.find(({ dir }) => dir === workspace.dir),
      files: own,
      code: own.filter((path) => CODE.test(path)),
    };
  });
}

function isServing(repo: Repo, workspace: Workspace): boolean {
  try {
    if (!repo.mentions(workspace.path, /"(dependencies|devDependencies|scripts)"/)) return false;
    const { dependencies, devDependencies, scripts } = workspace.manifest;
    const names = Object.keys(dependencies);
    const isHoisted = names.length === 0 && Object.keys(devDependencies).length === 0;
    return (
      names.some((name) => SERVES.test(name) || LIMITS.test(name)) ||
      /^(node|tsx|ts-node|bun)\b/.test(scripts.start ?? '') ||
      // What it starts is declared by a package above it.
      (isHoisted && /\b(node|tsx|ts-node|bun|nest|next)\s/.test(scripts.start ?? ''))
    );
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}

/** Each file of code belongs to the nearest package.json above it. */
function filesByPackage(repo: Repo): ReadonlyMap<string, readonly string[]> {
  const dirs = new Set(repo.layout.packages.map(({ dir }) => dir));
  const nearest = new Map<string, string | undefined>();
  const packageOf = (folder: string): string | undefined => {
    if (dirs.has(folder)) return folder;
    if (folder === '') return undefined;
    if (!nearest.has(folder)) nearest.set(folder, packageOf(dirname(folder)));
    return nearest.get(folder);
  };
  const files = new Map<string, string[]>();
  for (const path of repo.find(ANY_CODE)) {
    const dir = packageOf(dirname(path));
    if (dir === undefined) continue;
    const list = files.get(dir);
    if (list) list.push(path);
    else files.set(dir, [path]);
  }
  return files;
}

/** Files that a framework or a start script loads without an import. */
export function isEntry(repo: Repo, { dir, workspace, app }: ServerPackage, path: string): boolean {
  const inside = path.slice(dir === '' ? 0 : dir.length + 1);
  if (app && (path === app.middlewarePath || isNextEntry(app, path))) return true;
  if (
    /^(src\/)?(routes|api|functions|server\/(api|middleware|routes|plugins)|app\/routes|pages)\//.test(inside)
  )
    return app === undefined || /^(src\/)?pages\//.test(inside);
  if (/^(src\/)?(hooks\.server|middleware|entry\.server|worker)\.\w+$/.test(inside)) return app === undefined;
  const stem = inside.replace(/\.\w+$/, '');
  if (repo.mentions(workspace.path, `${stem}.`)) return true;
  if (app === undefined && /^(src\/)?(index|server|main|app|cli)$/.test(stem)) return true;
  return repo.mentions(path, /\.listen\(|\bserve\(|NestFactory\.create|\bcreateServer\(|Deno\.serve/);
}

function isNextEntry({ appDir, pagesDir, sourceDir }: NextApp, path: string): boolean {
  if (pagesDir !== undefined && path.startsWith(`${pagesDir}/`)) return true;
  if (dirname(path) === sourceDir && /(^|\/)instrumentation\.\w+$/.test(path)) return true;
  return (
    appDir !== undefined &&
    path.startsWith(join(appDir, '')) &&
    /(^|\/)(page|layout|template|route|error|global-error|default|loading|not-found|sitemap|robots|manifest|opengraph-image)\.[jt]sx?$/.test(
      path,
    )
  );
}
