import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isInside } from '../../repo/paths.ts';
import type { RawRepo } from '../../repo/repo.ts';
import { type CommandResult, runCommand } from '../command.ts';
import type { LockFile } from './owner.ts';

/** How a package manager is run. */
export interface ManagerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly interrupted?: (() => boolean) | undefined;
}

/** What a manager made of the lock file, or how it failed. */
export type ManagerRun = { readonly text: string } | Exclude<CommandResult, { kind: 'exited'; code: 0 }>;

/** Settings that a manager reads beside the lock file. */
const SETTINGS = ['.npmrc', '.yarnrc.yml', 'pnpm-workspace.yaml'];

/**
 * What a run under another npm leaves in the environment, and what would point this one at another place.
 * Settings of the registry, the cache and the proxy pass.
 */
const FOREIGN =
  /^(npm_(package|lifecycle|command|execpath|node_execpath|config_(workspaces?|global|location|prefix|local_prefix|dry_run))|INIT_CWD)/i;

/**
 * Runs a package manager on a copy of the target that holds its package.json files, one lock file and the
 * manager's settings, and nothing else: no code of the target can run, and the target stays as it is.
 */
export async function runOnCopy(
  repo: RawRepo,
  lock: LockFile,
  manifests: ReadonlyMap<string, Uint8Array>,
  args: readonly string[],
  options: ManagerOptions,
): Promise<ManagerRun> {
  const scratch = mkdtempSync(join(tmpdir(), 'aims-fix-lock-'));
  try {
    for (const path of filesFor(repo, lock)) {
      const target = join(scratch, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, manifests.get(path) ?? repo.bytes(path));
    }
    const { timeoutMs, interrupted } = options;
    const cwd = join(scratch, lock.dir);
    const result = await runCommand({
      file: lock.manager,
      args,
      cwd,
      env: environment(options.env),
      timeoutMs,
      interrupted,
    });
    if (result.kind !== 'exited' || result.code !== 0) return result;
    return { text: readFileSync(join(scratch, lock.path), 'utf8') };
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A package.json above the lock file's folder could make that folder a member of another workspace. */
function filesFor(repo: RawRepo, { dir, path: lockPath }: LockFile): readonly string[] {
  const manifests = repo.layout.packages
    .filter((one) => one.dir === dir || !isInside(one.dir, dir))
    .map(({ path }) => path);
  const settings = SETTINGS.map((name) => (dir === '' ? name : `${dir}/${name}`)).filter(repo.exists);
  return [lockPath, ...manifests, ...settings];
}

function environment(env: Readonly<Record<string, string | undefined>>) {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !FOREIGN.test(name))),
    LC_ALL: 'C',
    NO_COLOR: '1',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_SCRIPTS: 'false',
    YARN_ENABLE_TELEMETRY: 'false',
    YARN_IGNORE_PATH: '1',
  };
}
