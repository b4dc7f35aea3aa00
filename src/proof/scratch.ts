import { constants } from 'node:fs';
import {
  chmod,
  copyFile,
  cp,
  lstat,
  mkdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FailedError } from '../errors.ts';
import type { RawRepo } from '../repo/repo.ts';
import { asked } from '../runner/run-git.ts';
import type { Ran, RunOptions, Scratch } from '../world.ts';
import type { Cleanup } from './cleanup.ts';
import { bareEnvironment, type Programs } from './programs.ts';

const AT_ONCE = 32;

/**
 * Copies what a fresh clone with the uncommitted work on top would hold: tracked files and new ones, nothing
 * that git ignores (secrets in .env files, builds). Without git, every listed file.
 */
export async function copyTree(root: string, repo: RawRepo, to: string, programs: Programs): Promise<void> {
  const paths = (await gitFiles(root, programs)) ?? repo.files;
  await mkdir(to, { recursive: true });
  for (let at = 0; at < paths.length; at += AT_ONCE)
    await Promise.all(paths.slice(at, at + AT_ONCE).map((path) => copyOne(join(root, path), join(to, path))));
}

async function gitFiles(root: string, programs: Programs): Promise<readonly string[] | undefined> {
  const args = asked(['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.']);
  const { exitCode, stdout } = await programs.run('git', args, { cwd: root, env: bareEnvironment() });
  if (exitCode !== 0) return undefined;
  return stdout.split('\0').filter((path) => path !== '' && !path.startsWith('.aims-fix/'));
}

async function copyOne(from: string, to: string): Promise<void> {
  const found = await lstat(from).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return;
  await mkdir(dirname(to), { recursive: true });
  if (found.isSymbolicLink()) await symlink(await readlink(from), to);
  else if (found.isFile()) {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await chmod(to, found.mode & 0o777);
  }
}

/** Opens the scratch copy for one check. Its changes are taken back by `cleanup`. */
export function openScratch(
  dir: string,
  programs: Programs,
  cleanup: Cleanup,
  heard: (command: string, ran: Ran) => void,
): Scratch {
  const at = (path: string) => inside(dir, path);
  const kept = async (path: string) => {
    const file = await withoutLinks(dir, at(path));
    await keep(file, cleanup);
    return file;
  };
  return {
    dir,
    async run(program, args, options: RunOptions = {}) {
      const ran = await programs.run(program, args, {
        cwd: at(options.dir ?? '.'),
        env: { ...bareEnvironment(), ...options.env },
        input: options.input,
        seconds: options.seconds,
      });
      heard([program, ...args].join(' '), ran);
      return ran;
    },
    read: (path) => readFile(at(path), 'utf8').catch(() => undefined),
    async write(path, text, mode = 0o644) {
      const file = await kept(path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      await chmod(file, mode);
    },
    async remove(path) {
      await rm(await kept(path), { force: true });
    },
    sleep: (milliseconds) => sleep(milliseconds),
  };
}

/** Has a file put back as it is now. */
async function keep(path: string, cleanup: Cleanup): Promise<void> {
  const before = await readFile(path).catch(() => undefined);
  const mode = (await lstat(path).catch(() => undefined))?.mode;
  cleanup.add(async () => {
    if (before === undefined) return rm(path, { force: true });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, before);
    if (mode !== undefined) await chmod(path, mode & 0o777);
  });
}

function inside(dir: string, path: string): string {
  const absolute = resolve(dir, path);
  if (absolute !== dir && !absolute.startsWith(dir + sep))
    throw new Error(`${path} leads out of the scratch copy`);
  return absolute;
}

/**
 * The path, when no part of it below the scratch copy is a link: a link of the target could lead anywhere.
 * @throws FailedError naming the link.
 */
export async function withoutLinks(dir: string, absolute: string): Promise<string> {
  for (let path = absolute; path !== dir; path = dirname(path)) {
    const found = await lstat(path).catch(() => undefined);
    if (found?.isSymbolicLink())
      throw new FailedError(`${path.slice(dir.length + 1)} is a link; nothing is written through it`);
  }
  return absolute;
}

/** Copies a folder if it is there. */
export async function copyFolder(from: string, to: string): Promise<void> {
  if (await lstat(from).catch(() => undefined))
    await cp(from, to, { recursive: true, verbatimSymlinks: true });
}
