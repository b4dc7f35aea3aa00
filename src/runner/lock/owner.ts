import picomatch from 'picomatch';
import { dirname, isInside, join } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { RawRepo } from '../../repo/repo.ts';

/** The program that a lock file belongs to. */
export type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** A lock file that records what a package.json gets. */
export interface LockFile {
  readonly manager: Manager;
  readonly path: string;
  /** Its folder, where the manager runs. */
  readonly dir: string;
}

/** Of two of one manager, the first counts: npm prefers a shrinkwrap. */
const LOCK_NAMES: Readonly<Record<string, Manager>> = {
  'npm-shrinkwrap.json': 'npm',
  'package-lock.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

/**
 * The lock file that covers the package.json of a folder: beside it, or above it where a workspace names the
 * folder. Undefined where none does; a refusal where two managers claim it.
 */
export function lockOf(repo: RawRepo, dir: string): LockFile | undefined | { readonly refused: string } {
  for (let folder = dir; ; folder = dirname(folder)) {
    const locks = locksIn(repo, folder);
    if (locks.length > 0 && (folder === dir || isMember(repo, folder, dir)))
      return choose(repo, folder, locks);
    if (folder === '') return undefined;
  }
}

function locksIn(repo: RawRepo, dir: string): readonly LockFile[] {
  return Object.entries(LOCK_NAMES)
    .map(([name, manager]) => ({ manager, path: join(dir, name), dir }))
    .filter(({ path }) => repo.exists(path));
}

function choose(
  repo: RawRepo,
  dir: string,
  locks: readonly LockFile[],
): LockFile | { readonly refused: string } {
  const [first] = locks;
  if (first && locks.every(({ manager }) => manager === first.manager)) return first;
  const declared = String(manifestIn(repo, dir).packageManager ?? '').split('@')[0];
  const lock = locks.find(({ manager }) => manager === declared);
  if (lock) return lock;
  const paths = locks.map(({ path }) => path).join(' and ');
  return {
    refused: `${paths} stand side by side; delete one, or name the package manager in packageManager`,
  };
}

/** A pattern of more is tried in ways without number, and nobody writes one. */
const MOST_STARS = 6;

function isMember(repo: RawRepo, root: string, dir: string): boolean {
  const globs = [...workspacesOf(manifestIn(repo, root)), ...pnpmPackages(repo, root)].map((glob) =>
    glob.replace(/\/$/, ''),
  );
  const member = root === '' ? dir : dir.slice(root.length + 1);
  const matches = (glob: string) =>
    glob.split('*').length <= MOST_STARS && picomatch.isMatch(member, glob, { noextglob: true });
  return (
    isInside(root, dir) &&
    globs.some((glob) => !glob.startsWith('!') && matches(glob)) &&
    !globs.some((glob) => glob.startsWith('!') && matches(glob.slice(1)))
  );
}

function manifestIn(repo: RawRepo, dir: string): Readonly<Record<string, unknown>> {
  const path = join(dir, 'package.json');
  return repo.exists(path) ? asRecord(repo.json(path)) : {};
}

function workspacesOf({ workspaces }: Readonly<Record<string, unknown>>): readonly string[] {
  return strings(Array.isArray(workspaces) ? workspaces : asRecord(workspaces).packages);
}

function pnpmPackages(repo: RawRepo, dir: string): readonly string[] {
  const path = join(dir, 'pnpm-workspace.yaml');
  if (!repo.exists(path)) return [];
  const content: unknown = repo.mergedYaml(path)[0]?.toJS();
  return strings(asRecord(content).packages);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
