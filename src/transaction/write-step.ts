import { basename, join } from 'node:path';
import { RefusedError } from '../errors.ts';
import {
  type Attributes,
  createFile,
  link,
  makeFolder,
  read,
  removeFile,
  removeFolder,
  rename,
  stat,
  syncFolder,
} from './fs.ts';
import { replacedOf } from './run-folder.ts';
import type { FileStep, Step } from './steps.ts';
import { folderOf, locate, look, sha256 } from './target.ts';

// How one step reaches the target. New contents are first brought to the disk under a temporary name beside
// their place, then put there by one operation.

/** Whether the file is what the step finds, what it leaves, or something else. */
export function progressOf(root: string, step: FileStep): 'before' | 'after' | 'elsewhere' {
  const now = look(root, step.path)?.sha256 ?? null;
  return now === step.before ? 'before' : now === step.after ? 'after' : 'elsewhere';
}

/** Whether the file that a step replaced or removed holds something else by now than the step found. */
export function wasWrittenMeanwhile(folder: string, index: number, step: FileStep): boolean {
  const bytes = step.before === null ? undefined : read(replacedOf(folder, index));
  return bytes !== undefined && sha256(bytes) !== step.before;
}

/** The name follows from the journal's first line: what is left of it can be found and is never guessed. */
export function temporaryOf(root: string, id: string, index: number, step: Step): string {
  const folder = folderOf(step.path);
  return locate(root, join(folder, `.aims-fix-${id}-${index}.tmp`));
}

/** Turns temporary names in a message into the paths that they stand for. */
export function nameOf(id: string, steps: readonly Step[]): (path: string) => string {
  const prefix = `.aims-fix-${id}-`;
  return (path) => {
    const name = basename(path);
    return name.startsWith(prefix)
      ? (steps[Number.parseInt(name.slice(prefix.length), 10)]?.path ?? path)
      : path;
  };
}

/** Writes the new contents under the temporary name. */
export function stage(root: string, temporary: string, step: Step, bytes: Uint8Array): void {
  createFile(temporary, bytes, attributesOf(root, step));
}

function attributesOf(root: string, step: Step): Attributes {
  if (step.kind !== 'update') return step;
  const found = look(root, step.path);
  return found ?? { mode: null, owner: null };
}

/** Makes the step. A folder that was made or filled by someone else meanwhile is left as it is. */
export function perform(root: string, temporary: string, step: Step): void {
  const at = locate(root, step.path);
  switch (step.kind) {
    case 'make-folder':
      makeFolder(at, step);
      break;
    case 'remove-folder':
      removeFolder(at);
      break;
    case 'create':
      if (link(temporary, at) !== 'linked') {
        throw new RefusedError(`${step.path} came into being meanwhile; it is not replaced`, 'Plan again.');
      }
      removeFile(temporary);
      break;
    case 'update':
      rename(temporary, at);
      break;
    case 'delete':
      removeFile(at);
      break;
  }
}

/** Brings the names in all folders that the steps touch to the disk. */
export function syncFolders(root: string, steps: readonly Step[]): void {
  for (const folder of new Set(steps.map(({ path }) => folderOf(path)))) {
    const at = join(root, folder);
    if (stat(at)?.kind === 'folder') syncFolder(at);
  }
}
