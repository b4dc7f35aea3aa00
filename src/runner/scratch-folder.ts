import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { isErrno } from '../transaction/fs.ts';
import { fateOf, isHolder, thisProcess } from '../transaction/holder.ts';

/** Beside what the folder is for. */
const HOLDER = 'holder.json';
/** No run takes as long: what is older was left by a process of another container, or before it could say its name. */
const OLD_MS = 24 * 60 * 60 * 1000;

/**
 * A new folder for what must not outlive this process. It says who holds it, because a pid alone means another process
 * in another container that shares the parent. What those left that died is removed first.
 */
export async function makeScratchFolder(parent: string, prefix: string): Promise<string> {
  await removeAbandoned(parent, prefix);
  try {
    const folder = await mkdtemp(join(parent, prefix));
    await writeFile(join(folder, HOLDER), JSON.stringify(thisProcess('scratch')));
    return folder;
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new RefusedError(
      `nothing can be written to ${parent} (${error.code})`,
      'Set TMPDIR, or XDG_CACHE_HOME for proofs, to a folder that this user can write to.',
    );
  }
}

/** Anybody may make a folder with such a name in a common parent: only those of this user are looked at. */
async function removeAbandoned(parent: string, prefix: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const folder = join(parent, name);
    const facts = await lstat(folder).catch(() => undefined);
    if (!facts?.isDirectory() || (process.getuid !== undefined && facts.uid !== process.getuid())) continue;
    const fate = await fateIn(folder);
    if (fate === 'dead' || (fate !== 'alive' && Date.now() - facts.mtimeMs > OLD_MS))
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function fateIn(folder: string): Promise<ReturnType<typeof fateOf> | undefined> {
  try {
    const holder: unknown = JSON.parse(await readFile(join(folder, HOLDER), 'utf8'));
    return isHolder(holder) ? fateOf(holder) : undefined;
  } catch {
    return undefined;
  }
}
