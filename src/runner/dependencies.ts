import type { Dependency } from '../contract.ts';
import type { RawRepo } from '../repo/repo.ts';
import { type LockFile, lockOf } from './lock/owner.ts';
import { updateLock } from './lock/update.ts';
import { editManifests } from './manifest.ts';

export interface ResolveOptions {
  /** The environment of the package manager; that of this process when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How long one package manager may take. */
  readonly timeoutMs?: number;
  /** Asked while it runs; true ends it. */
  readonly interrupted?: () => boolean;
}

const TIMEOUT_MS = 3 * 60 * 1000;

/** The new bytes of package.json and lock files, together; or, in one line, why neither is touched. */
export type ResolvedDependencies =
  | { readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly refused: string };

/**
 * Adds npm packages: to package.json by a splice, to the lock file by the manager that it belongs to, which runs
 * on a copy outside the target. No file where all of them are there already; no lock file where there is none.
 * @throws SourceError when a package.json of the target cannot be read or parsed.
 */
export async function resolveDependencies(
  repo: RawRepo,
  dependencies: readonly Dependency[],
  { env = process.env, timeoutMs = TIMEOUT_MS, interrupted }: ResolveOptions = {},
): Promise<ResolvedDependencies> {
  const edited = await editManifests(repo, dependencies);
  if ('refused' in edited) return edited;
  const covered = new Map<string, { readonly lock: LockFile; readonly added: Dependency[] }>();
  for (const dependency of edited.added) {
    const lock = lockOf(repo, dependency.dir);
    if (lock === undefined) continue;
    if ('refused' in lock) return lock;
    const entry = covered.get(lock.path) ?? { lock, added: [] };
    entry.added.push(dependency);
    covered.set(lock.path, entry);
  }
  const files = new Map(edited.files);
  for (const { lock, added } of covered.values()) {
    const options = { env, timeoutMs, interrupted };
    const updated = await updateLock({ repo, lock, manifests: edited.files, added, options });
    if ('refused' in updated) return updated;
    files.set(lock.path, Buffer.from(updated.text, 'utf8'));
  }
  return { files };
}
