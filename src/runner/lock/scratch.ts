import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isInside } from '../../repo/paths.ts';
import type { RawRepo } from '../../repo/repo.ts';
import { type CommandResult, runCommand } from '../command.ts';
import { makeScratchFolder } from '../scratch-folder.ts';
import { managerEnvironment } from './environment.ts';
import type { LockFile } from './owner.ts';
import { safeNpmrc, safeWorkspace, safeYarnrc } from './settings.ts';

/** How a package manager is run. */
export interface ManagerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly interrupted?: (() => boolean) | undefined;
}

/** What a manager made of the lock file, or how it failed. */
export type ManagerRun = { readonly text: string } | Exclude<CommandResult, { kind: 'exited'; code: 0 }>;

/** Settings that a manager reads beside the lock file, and what of each is followed. */
const SETTINGS: Readonly<Record<string, (repo: RawRepo, path: string) => string>> = {
  '.npmrc': (repo, path) => safeNpmrc(repo.text(path)),
  '.yarnrc.yml': (repo, path) => safeYarnrc(repo.mergedYaml(path)[0]?.toJS({ maxAliasCount: 100 })),
  'pnpm-workspace.yaml': (repo, path) =>
    safeWorkspace(repo.mergedYaml(path)[0]?.toJS({ maxAliasCount: 100 })),
};

/**
 * Runs a package manager on a copy of the target that holds its package.json files, one lock file and the harmless
 * ones of the manager's settings, and nothing else: no code of the target can run, and the target stays as it is.
 */
export async function runOnCopy(
  repo: RawRepo,
  lock: LockFile,
  manifests: ReadonlyMap<string, Uint8Array>,
  args: readonly string[],
  options: ManagerOptions,
): Promise<ManagerRun> {
  const folder = await makeScratchFolder(tmpdir(), 'aims-fix-lock-');
  const scratch = join(folder, 'tree');
  try {
    for (const [path, bytes] of filesFor(repo, lock)) {
      const target = join(scratch, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, manifests.get(path) ?? bytes);
    }
    const { timeoutMs, interrupted } = options;
    const cwd = join(scratch, lock.dir);
    const result = await runCommand({
      file: lock.manager,
      args,
      cwd,
      env: managerEnvironment(options.env),
      timeoutMs,
      interrupted,
    });
    if (result.kind !== 'exited' || result.code !== 0) return result;
    return { text: readFileSync(join(scratch, lock.path), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A package.json above the lock file's folder could make that folder a member of another workspace. */
function filesFor(
  repo: RawRepo,
  { dir, path: lockPath }: LockFile,
): readonly (readonly [path: string, bytes: string | Uint8Array])[] {
  const manifests = repo.layout.packages
    .filter((one) => one.dir === dir || !isInside(one.dir, dir))
    .map(({ path }) => path);
  const settings = Object.entries(SETTINGS)
    .map(([name, safe]) => [dir === '' ? name : `${dir}/${name}`, safe] as const)
    .filter(([path]) => repo.exists(path));
  return [
    ...[lockPath, ...manifests].map((path) => [path, repo.bytes(path)] as const),
    ...settings.map(([path, safe]) => [path, safe(repo, path)] as const),
  ];
}
