import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FailedError, RefusedError } from '../errors.ts';
import { hiddenChanges } from './hidden-changes.ts';
import { ask, git, run } from './run-git.ts';

/**
 * What aims-fix asks git. Output is read with `-z` only, locks are not taken, and an error is never taken for
 * a clean tree: the guard fails closed.
 */
export interface Git {
  /** Paths, of those given, with uncommitted changes: modified, staged or untracked. */
  dirty(paths: readonly string[]): readonly string[];
  /** Paths, of those given, that an ignore rule hides, with the rule: `.gitignore:12 build/`. */
  ignored(paths: readonly string[]): readonly { readonly path: string; readonly rule: string }[];
  /** Commits exactly these paths; hooks and signing run as always. Throws FailedError with git's own words. */
  commit(paths: readonly string[], message: string): void;
  /** The commit that is checked out, whole; undefined before the first commit. */
  head(): string | undefined;
}

/** Git for the folder, or undefined where no repository holds it. */
export function openGit(root: string): Git | undefined {
  const repository = repositoryAround(root);
  if (repository === undefined) return undefined;
  return {
    dirty: (paths) => dirtyAnywhere(root, paths),
    ignored: (paths) => (paths.length === 0 ? [] : ignoredPaths(root, paths)),
    commit: (paths, message) => commitPaths(root, paths, message),
    head: () => plainHead(join(repository, '.git')) ?? headByGit(root, join(repository, '.git/HEAD')),
  };
}

function repositoryAround(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * The commit as a plain clone keeps it: in HEAD, or in the branch's file that HEAD names (gitrepository-layout). A
 * worktree, a packed branch, another store of refs are git's to read, and starting it costs what reading fifty files
 * costs.
 */
function plainHead(folder: string): string | undefined {
  const head = lineIn(join(folder, 'HEAD'));
  const branch = head?.match(/^ref: (refs\/(?!.*\.\.)[\w./-]+)$/)?.[1];
  const commit = branch === undefined ? head : lineIn(join(folder, branch));
  return commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

function lineIn(file: string): string | undefined {
  try {
    // A pipe would be waited for.
    return lstatSync(file).isFile() ? readFileSync(file, 'utf8').trimEnd() : undefined;
  } catch {
    return undefined;
  }
}

function headByGit(root: string, head: string): string | undefined {
  // Git would wait for a pipe.
  if (isPipe(head)) return undefined;
  const { status, stdout } = ask(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  return status === 0 ? stdout.trim() : undefined;
}

function isPipe(file: string): boolean {
  try {
    return lstatSync(file).isFIFO();
  } catch {
    return false;
  }
}

/** Each path is asked of the repository that holds it: git does not look into a submodule from outside. */
function dirtyAnywhere(root: string, paths: readonly string[]): readonly string[] {
  const byFolder = new Map<string, string[]>();
  for (const path of paths) {
    const folder = repositoryBelow(root, path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path.slice(folder.length)]);
  }
  return [...byFolder].flatMap(([folder, own]) =>
    dirtyPaths(join(root, folder), own).map((path) => `${folder}${path}`),
  );
}

/** The folder below the root, with a slash at its end, that is a repository of its own and holds the path; ''. */
function repositoryBelow(root: string, path: string): string {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    if (existsSync(join(root, path.slice(0, end), '.git'))) return path.slice(0, end + 1);
  return '';
}

function dirtyPaths(root: string, paths: readonly string[]): readonly string[] {
  const args = [
    ...withoutFilters(root),
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--ignored=no',
    '--ignore-submodules=all',
    '--',
    ...literal(paths),
  ];
  const { status, stdout, stderr } = git(root, args);
  if (status !== 0) {
    throw new RefusedError(
      `git could not say whether the files are committed: ${firstLine(stderr)}`,
      'Mend the repository, or pass --allow-dirty to go on without this guard.',
    );
  }
  const prefix = git(root, ['rev-parse', '--show-prefix']).stdout.trim();
  const seen = stdout
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(3))
    .map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path));
  return [...seen, ...hiddenChanges(root, literal(paths))];
}

/**
 * A filter is a program that git's configuration names; to compare a file git would run it. Without it a file that
 * is kept in another form counts as changed, which only stops a run.
 */
function withoutFilters(root: string): readonly string[] {
  const { stdout } = ask(root, ['config', '--null', '--name-only', '--get-regexp', '^filter\\.']);
  const names = stdout.split('\0').filter((name) => name !== '');
  return names.flatMap((name) => ['-c', name.endsWith('.required') ? `${name}=false` : `${name}=`]);
}

function ignoredPaths(root: string, paths: readonly string[]) {
  const { stdout } = ask(
    root,
    ['check-ignore', '-v', '-z', '--no-index', '--stdin'],
    `${paths.join('\0')}\0`,
  );
  const fields = stdout.split('\0');
  const found: { path: string; rule: string }[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [source, line, pattern, path] = fields.slice(at, at + 4);
    if (path !== undefined && !pattern?.startsWith('!'))
      found.push({ path, rule: `${source}:${line} ${pattern}` });
  }
  return found;
}

/**
 * Commits the paths from the work tree, past what else is staged. New ones are only announced to the index, so
 * that a commit that fails (a hook, a missing name, a merge) leaves it as it was. `--force` because the plan named
 * each path: an ignore rule must not drop one of them silently.
 */
function commitPaths(root: string, paths: readonly string[], message: string): void {
  const tracked = new Set(gitOrFail(root, ['ls-files', '-z', '--', ...literal(paths)]).split('\0'));
  const created = paths.filter((path) => !tracked.has(path) && existsSync(join(root, path)));
  const known = [...paths.filter((path) => tracked.has(path)), ...created];
  if (known.length === 0) return;
  try {
    if (created.length > 0) gitOrFail(root, ['add', '--force', '--intent-to-add', '--', ...literal(created)]);
    const { status, stderr, stdout, signal } = commitNow(root, message, known);
    if (signal !== null) throw new FailedError(`git commit was ended by ${signal}`);
    if (status !== 0)
      throw new FailedError(`git commit failed: ${firstLine(stderr || stdout) || 'it did not say why'}`);
  } catch (error) {
    if (created.length > 0) git(root, ['rm', '--cached', '--force', '--quiet', '--', ...literal(created)]);
    throw error;
  }
}

function gitOrFail(root: string, args: readonly string[]): string {
  const { status, stderr, stdout } = git(root, args);
  if (status !== 0) throw new FailedError(`git ${args[0]} failed: ${firstLine(stderr || stdout)}`);
  return stdout;
}

/** Pathspecs without magic: `[id]` and `(auth)` are names here, not patterns. */
function literal(paths: readonly string[]): readonly string[] {
  return paths.map((path) => `:(literal)${path}`);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** The one thing that a person asked git to do: hooks, filters and signing run as they always do. */
function commitNow(root: string, message: string, paths: readonly string[]) {
  return run(root, ['commit', '--quiet', '--message', message, '--', ...literal(paths)]);
}
