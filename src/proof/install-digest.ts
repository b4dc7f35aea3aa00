import { createHash, type Hash } from 'node:crypto';
import { lstat, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where builds and tests keep what they can make again. */
const CACHES = ['.cache', '.vite', '.vitest', '.next'];

/** What stands in folders: names, modes, links and every byte. A folder that is missing counts as empty. */
export async function digestOf(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) await addFolder(hash, folder, '');
  return hash.digest('hex');
}

async function addFolder(hash: Hash, folder: string, name: string): Promise<void> {
  const entries = await readdir(join(folder, name), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = name === '' ? entry.name : `${name}/${entry.name}`;
    const at = join(folder, path);
    if (entry.isDirectory()) await addFolder(hash, folder, path);
    else if (entry.isSymbolicLink()) hash.update(`link\0${path}\0${await readlink(at)}\0`);
    else hash.update(`${(await lstat(at)).mode}\0${path}\0`).update(await readFile(at));
  }
}

/** Removes what a build or a test run may leave beside the packages. */
export async function removeCaches(folders: readonly string[]): Promise<void> {
  for (const folder of folders)
    for (const cache of CACHES) await rm(join(folder, cache), { recursive: true, force: true });
}
