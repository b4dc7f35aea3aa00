import { join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { createFile, list, makeFolder, read, removeFile, removeFolder, stat } from './fs.ts';

/** Where aims-fix keeps its lock, its journals and what it may have to put back. Git does not see it. */
export const STATE = '.aims-fix';

export function stateFolder(root: string): string {
  return join(root, STATE);
}

export function runsFolder(root: string): string {
  return join(root, STATE, 'runs');
}

/** Where the earlier contents of files go that a rollback had to leave alone. */
export function keptFolder(root: string): string {
  return join(root, STATE, 'kept');
}

/** Makes the state folder, which ignores itself. Safe to run at the same time in several processes. */
export function ensureStateFolder(root: string): string {
  const folder = stateFolder(root);
  for (const path of [folder, runsFolder(root), keptFolder(root)]) requireRealFolder(path);
  makeFolder(folder);
  const ignore = join(folder, '.gitignore');
  if (stat(ignore)?.kind !== 'file' || read(ignore)?.toString() !== '*\n') {
    removeFile(ignore);
    createIgnore(ignore);
  }
  return folder;
}

function createIgnore(path: string): void {
  try {
    createFile(path, Buffer.from('*\n'), { mode: 0o644, owner: null });
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** A link here would lead what is written, or removed, out of the root. */
export function requireRealFolder(path: string): void {
  const found = stat(path);
  if (found && found.kind !== 'folder') {
    throw new RefusedError(`${path} is not a folder`, 'Move it away, then run the command again.');
  }
}

/** Removes a folder of ours and all that is in it; links are removed, not followed. */
export function removeTree(folder: string): void {
  for (const name of list(folder)) {
    const path = join(folder, name);
    if (stat(path)?.kind === 'folder') removeTree(path);
    else removeFile(path);
  }
  removeFolder(folder);
}
