import type { NextApp, Repo, Workspace } from '../../../src/contract.ts';
import { SourceError } from '../../../src/errors.ts';
import { codeOfPackage } from '../../../src/read/code/code-files.ts';
import { dirname, isInside } from '../../../src/repo/paths.ts';
import { standingOf } from '../../../src/repo/standing.ts';
import { LIMITS, SERVES } from '../tables.ts';

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

const CODE = /(?<!\.d)\.[cm]?[jt]s$|(^|\/)route\.[jt]sx$/;
const STARTS_A_PROGRAM = /^(node|tsx|ts-node|bun)\b/;
const STARTS_A_SERVER = /\b(node|tsx|ts-node|bun|nest|next)\s/;

/** The packages that answer requests, with those that stand in examples only where nothing else does. */
export function serverPackages(repo: Repo): readonly ServerPackage[] {
  const serving = repo.layout.packages.filter((workspace) => isServing(repo, workspace));
  const shipped = serving.filter(({ path }) => !/^(?:example|test)$/.test(standingOf(path)));
  return (shipped.length > 0 ? shipped : serving).map((workspace) => {
    const { dir } = workspace;
    const files = codeOfPackage(repo, dir).filter((path) =>
      mayServe(dir === '' ? path : path.slice(dir.length + 1)),
    );
    const code = files.filter((path) => CODE.test(path));
    return { dir, workspace, app: repo.layout.apps.find((app) => app.dir === dir), files, code };
  });
}

/** By the path inside of its package: what tests, was built, or is sent to browsers answers no request. */
function mayServe(inside: string): boolean {
  const standing = standingOf(inside);
  return (standing === 'product' || standing === 'tool') && !/(^|\/)public\/|\.config\.\w+$/.test(inside);
}

function isServing(repo: Repo, workspace: Workspace): boolean {
  try {
    if (!repo.mentions(workspace.path, /"(dependencies|devDependencies|scripts)"/)) return false;
    const { dependencies, devDependencies, scripts } = workspace.manifest;
    const names = Object.keys(dependencies);
    const isHoisted = names.length === 0 && Object.keys(devDependencies).length === 0;
    return (
      names.some((name) => SERVES.test(name) || LIMITS.test(name)) ||
      STARTS_A_PROGRAM.test(scripts.start ?? '') ||
      // What it starts is declared by a package above it.
      (isHoisted && STARTS_A_SERVER.test(scripts.start ?? ''))
    );
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}

const ROUTES = /^(src\/)?(routes|api|functions|server\/(api|middleware|routes|plugins)|app\/routes|pages)\//;
const NEXT_ENTRY =
  /(^|\/)(page|layout|template|route|error|global-error|default|loading|not-found|sitemap|robots|manifest|opengraph-image)\.[jt]sx?$/;

/** Files that a framework or a start script loads without an import. */
export function isEntry(repo: Repo, { dir, workspace, app }: ServerPackage, path: string): boolean {
  const inside = path.slice(dir === '' ? 0 : dir.length + 1);
  if (app && (path === app.middlewarePath || isNextEntry(app, path))) return true;
  if (ROUTES.test(inside)) return app === undefined || /^(src\/)?pages\//.test(inside);
  if (/^(src\/)?(hooks\.server|middleware|entry\.server|worker)\.\w+$/.test(inside)) return app === undefined;
  const stem = inside.replace(/\.\w+$/, '');
  if (repo.mentions(workspace.path, `${stem}.`)) return true;
  if (app === undefined && /^(src\/)?(index|server|main|app|cli)$/.test(stem)) return true;
  return repo.mentions(path, /\.listen\(|\bserve\(|NestFactory\.create|\bcreateServer\(|Deno\.serve/);
}

function isNextEntry({ appDir, pagesDir, sourceDir }: NextApp, path: string): boolean {
  if (pagesDir !== undefined && isInside(pagesDir, path)) return true;
  if (dirname(path) === sourceDir && /(^|\/)instrumentation\.\w+$/.test(path)) return true;
  return appDir !== undefined && isInside(appDir, path) && NEXT_ENTRY.test(path);
}
