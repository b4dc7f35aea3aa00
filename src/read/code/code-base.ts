import { SourceError } from '../../errors.ts';
import { oncePer } from '../../repo/once.ts';
import { isInside } from '../../repo/paths.ts';
import type { NextApp, Repo, Workspace } from '../../repo/repo.ts';
import { standingOf } from '../../repo/standing.ts';
import { withoutComments } from './comments.ts';
import { namersOf } from './imports.ts';

/** What an app is built from: its own files and those of the packages of this repository that it depends on. */
export interface CodeBase {
  readonly app: NextApp;
  /** The app's package and the repository's packages that it depends on, directly or through others. */
  readonly packages: readonly Workspace[];
  /** Code that ships: no tests, stories, mocks or type declarations. */
  readonly code: readonly string[];
}

const CODE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** An app's code base, read once. A manifest that does not parse is passed over, except the app's own. */
export function codeBaseOf(repo: Repo, app: NextApp): CodeBase {
  return codeBases(repo)(app);
}

const codeBases = oncePer((repo: Repo) => oncePer((app: NextApp) => readCodeBase(repo, app)));

function readCodeBase(repo: Repo, app: NextApp): CodeBase {
  const packages = packagesOf(repo, app);
  const others = packages.filter(({ dir }) => dir !== app.dir && dir !== '');
  const loose = isHoisted(app) ? looseFiles(repo) : [];
  const files = [
    ...app.files,
    ...repo.files.filter((path) => !isInside(app.dir, path) && others.some(({ dir }) => isInside(dir, path))),
    ...loose,
  ];
  const code = files.filter((path) => CODE.test(path) && isShipped(app, path));
  return { app, packages, code: withoutIdle(repo, app, code) };
}

/** By the path inside of the app: where an example is all that there is, it is the app. */
function isShipped({ dir }: NextApp, path: string): boolean {
  const standing = standingOf(dir !== '' && isInside(dir, path) ? path.slice(dir.length + 1) : path);
  return standing !== 'test' && standing !== 'example';
}

/** What Next.js calls by its name, or runs without being asked. */
const CALLED =
  /(^|\/)(?:page|layout|template|route|loading|error|not-found|default|middleware|proxy|instrumentation|[\w-]+\.config)\.[cm]?[jt]sx?$|(^|\/)pages\//;

/** The code without files that are no text and that nothing names: no answer can stand in them. */
function withoutIdle(repo: Repo, app: NextApp, code: readonly string[]): readonly string[] {
  const unread = code.filter((path) => !CALLED.test(path) && !isText(repo, path));
  if (unread.length === 0) return code;
  const scope = { dir: app.dir, files: code.filter((path) => !unread.includes(path)) };
  const idle = unread.filter((path) => namersOf(repo, scope, path).length === 0);
  return code.filter((path) => !idle.includes(path));
}

/** Unlike a sweep, this notes nothing of what cannot be read. */
function isText(repo: Repo, path: string): boolean {
  try {
    return repo.text(path) !== undefined;
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}

/** Whether the app's packages are declared above it: then its libraries are folders without a package.json, too. */
function isHoisted({ dir, workspace }: NextApp): boolean {
  const { dependencies, devDependencies } = workspace.manifest;
  return workspace.dir !== dir || (dependencies.next ?? devDependencies.next) === undefined;
}

/** Files of the root package that stand in no package and no app of their own. */
function looseFiles(repo: Repo): readonly string[] {
  const { packages, apps } = repo.layout;
  const dirs = [...packages, ...apps].map(({ dir }) => dir).filter((dir) => dir !== '');
  return repo.files.filter((path) => !dirs.some((dir) => isInside(dir, path)));
}

/** A package that a package.json of the code base declares. */
interface Dependency {
  readonly name: string;
  readonly range: string;
  /** The package.json. */
  readonly path: string;
}

const dependencies = oncePer((base: CodeBase): readonly Dependency[] =>
  base.packages.flatMap(({ manifest, path }) =>
    Object.entries({ ...manifest.devDependencies, ...manifest.dependencies }).map(([name, range]) => ({
      name,
      range,
      path,
    })),
  ),
);

/** The first package that the code base declares and the pattern matches. */
export function dependencyOf(base: CodeBase, pattern: RegExp): Dependency | undefined {
  return dependencies(base).find(({ name }) => pattern.test(name));
}

/** Whether the code base declares one of these packages; `@acme/` and `acme-` stand for all that start so. */
export function declaresAny(base: CodeBase, packages: readonly string[]): boolean {
  return dependencies(base).some(({ name }) =>
    packages.some((each) => (/[/-]$/.test(each) ? name.startsWith(each) : name === each)),
  );
}

/** A place in code: comments are no evidence. */
export interface Place {
  readonly path: string;
  readonly at: number;
  readonly match: string;
}

/** The first place in these files where a pattern matches code outside of comments. */
export function findCode(repo: Repo, paths: Iterable<string>, pattern: RegExp): Place | undefined {
  for (const path of paths) {
    if (!repo.mentions(path, pattern)) continue;
    const match = pattern.exec(withoutComments(repo, path));
    if (match) return { path, at: match.index, match: match[0] };
  }
  return undefined;
}

function packagesOf(repo: Repo, app: NextApp): readonly Workspace[] {
  const readable = repo.layout.packages.flatMap((workspace) => {
    const name = nameOf(repo, workspace);
    return name === undefined ? [] : [{ workspace, name }];
  });
  const found = new Map<string, Workspace>([[app.dir, app.workspace]]);
  const waiting = [app.workspace];
  for (let workspace = waiting.pop(); workspace; workspace = waiting.pop()) {
    const { dependencies, devDependencies } = workspace.manifest;
    for (const { workspace: other, name } of readable) {
      if (found.has(other.dir) || (dependencies[name] ?? devDependencies[name]) === undefined) continue;
      if (!isReadable(other)) continue;
      found.set(other.dir, other);
      waiting.push(other);
    }
  }
  const root = repo.layout.packages.find(({ dir }) => dir === '');
  if (root && !found.has('') && isReadable(root)) found.set('', root);
  return [...found.values()];
}

function nameOf(repo: Repo, { path }: Workspace): string | undefined {
  return /"name"\s*:\s*"([^"]+)"/.exec(repo.peek(path) ?? '')?.[1];
}

function isReadable(workspace: Workspace): boolean {
  try {
    return workspace.manifest !== undefined;
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}
