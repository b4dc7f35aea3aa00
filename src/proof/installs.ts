import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Verdict } from '../contract.ts';
import type { NextApp, RawRepo } from '../repo/repo.ts';
import { managerEnvironment } from '../runner/lock/environment.ts';
import { type LockFile, lockOf, type Manager } from '../runner/lock/owner.ts';
import { digestOf, removeCaches } from './install-digest.ts';
import { type InstallPlace, installKey, packageDirs } from './install-key.ts';
import type { Programs } from './programs.ts';

/** Installs that are kept for the next run, at most this many. */
const KEPT = 4;
const SECONDS = 900;

const COMMANDS: Readonly<Record<Manager, readonly string[]>> = {
  npm: ['ci', '--no-audit', '--no-fund'],
  pnpm: ['install', '--frozen-lockfile'],
  yarn: ['install', '--frozen-lockfile'],
  bun: ['install', '--frozen-lockfile'],
};

/** The place, or why there is none. */
export function installPlace(repo: RawRepo, app: NextApp): InstallPlace | { readonly refused: string } {
  const lock = lockOf(repo, app.dir);
  if (lock === undefined) return { manager: 'npm', dir: app.dir, lock };
  return 'refused' in lock ? lock : { manager: lock.manager, dir: lock.dir, lock };
}

export interface Installs {
  /** Installs into the scratch copy, or takes the install of an earlier run with the same lock file. */
  install(place: InstallPlace): Promise<Verdict>;
  /** Keeps the installs for the next run. */
  giveBack(): Promise<void>;
}

interface Installed {
  /** Undefined for an install that is not kept. */
  readonly key: string | undefined;
  readonly place: InstallPlace;
  /** Of all that was installed, before anything of the target ran in it but its install scripts. */
  readonly digest: string;
}

export interface InstallOptions {
  readonly root: string;
  readonly repo: RawRepo;
  readonly scratch: string;
  /** Folder of the kept installs, in the file system of the scratch copy. */
  readonly kept: string;
  readonly programs: Programs;
  /** The package manager needs the user's registry, proxy and home. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createInstalls(options: InstallOptions): Installs {
  const done = new Map<string, Installed>();
  return {
    async install(place) {
      if (done.has(place.dir)) return pass(place, 'installed already');
      const key = installKey(options.root, options.repo, place);
      const kept = key === undefined ? undefined : await take(options, key, place);
      if (kept !== undefined) {
        done.set(place.dir, { key, place, digest: kept });
        return pass(place, 'the install of an earlier run with the same lock file');
      }
      const verdict = await installAnew(options, place);
      if (verdict.verdict === 'pass')
        done.set(place.dir, { key, place, digest: await digestOf(foldersOf(options, place)) });
      return verdict;
    },
    async giveBack() {
      for (const { key, place, digest } of done.values()) {
        const folders = foldersOf(options, place);
        await removeCaches(folders);
        // What the target's scripts wrote into its packages must not run in the proof of another branch.
        if (key !== undefined && (await digestOf(folders)) === digest)
          await keep(options, { key, place, digest });
      }
      await prune(options.kept);
    },
  };
}

function pass(place: InstallPlace, observed: string): Verdict {
  return { verdict: 'pass', evidence: [{ subject: commandLine(place), observed }] };
}

function commandLine({ manager, lock }: InstallPlace): string {
  return [manager, ...argsOf(manager, lock)].join(' ');
}

function argsOf(manager: Manager, lock: LockFile | undefined): readonly string[] {
  return lock === undefined ? ['install', '--no-audit', '--no-fund'] : COMMANDS[manager];
}

async function installAnew(
  { scratch, programs, env }: InstallOptions,
  place: InstallPlace,
): Promise<Verdict> {
  const { exitCode, stdout, stderr } = await programs.run(place.manager, argsOf(place.manager, place.lock), {
    cwd: join(scratch, place.dir),
    // The target's install scripts run here: they get what a package manager needs, and no secret of the person.
    env: { ...managerEnvironment(env), CI: '1' },
    seconds: SECONDS,
  });
  if (exitCode === 0) return pass(place, 'exit code 0');
  if (/ENOENT|EACCES/.test(stderr) && stdout === '' && exitCode === undefined) {
    return {
      verdict: 'skip',
      reason: `${place.manager} is not installed, and ${place.lock?.path} is its lock file`,
      remedy: place.manager === 'bun' ? 'npm install --global bun' : 'corepack enable',
    };
  }
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n');
  return {
    verdict: 'fail',
    reason: `${commandLine(place)} ended with ${exitCode ?? 'the time limit'}`,
    evidence: [{ subject: commandLine(place), observed: said }],
  };
}

function foldersOf({ repo, scratch }: InstallOptions, place: InstallPlace): readonly string[] {
  return packageDirs(repo, place).map((dir) => join(scratch, dir, 'node_modules'));
}

/**
 * The digest of a kept install, which stands in the scratch copy then; undefined where there is none, or where it is
 * not what was kept: a program of another branch may have found it. Moving a folder is instant; it also keeps two runs
 * from building in one install.
 */
async function take(options: InstallOptions, key: string, place: InstallPlace): Promise<string | undefined> {
  const { repo, scratch, kept } = options;
  const taken = join(scratch, '.install');
  try {
    await rename(join(kept, key), taken);
  } catch {
    return undefined;
  }
  for (const dir of packageDirs(repo, place))
    await move(join(taken, dir, 'node_modules'), join(scratch, dir, 'node_modules'));
  const recorded = await readFile(join(taken, DIGEST), 'utf8').catch(() => undefined);
  await rm(taken, { recursive: true, force: true });
  const folders = foldersOf(options, place);
  if ((await digestOf(folders)) === recorded) return recorded;
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  return undefined;
}

/** Beside the folders of a kept install: what they held. */
const DIGEST = 'digest';

async function keep(
  { repo, scratch, kept }: InstallOptions,
  { key, place, digest }: { readonly key: string; readonly place: InstallPlace; readonly digest: string },
): Promise<void> {
  const packed = join(scratch, '.install');
  await mkdir(packed, { recursive: true });
  await writeFile(join(packed, DIGEST), digest);
  for (const dir of packageDirs(repo, place))
    await move(join(scratch, dir, 'node_modules'), join(packed, dir, 'node_modules'));
  await mkdir(kept, { recursive: true });
  await move(packed, join(kept, key));
}

async function move(from: string, to: string): Promise<void> {
  if (!(await lstat(from).catch(() => undefined))) return;
  await mkdir(dirname(to), { recursive: true });
  // Another run may have kept the same install first: then this one goes with the scratch copy.
  await rename(from, to).catch(() => undefined);
}

async function prune(kept: string): Promise<void> {
  const names = await readdir(kept).catch(() => []);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(kept, name))).mtimeMs })),
  );
  aged.sort((a, b) => b.at - a.at);
  for (const { name } of aged.slice(KEPT)) await rm(join(kept, name), { recursive: true, force: true });
}
