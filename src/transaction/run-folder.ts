import { join } from 'node:path';
import { list } from './fs.ts';

/** The names that a transaction gives to what it keeps. */
const JOURNAL = 'journal';

const CLOSED = 'closed';

const BEFORE = 'before';

const REPLACED = 'replaced';

const UNDO = 'undo';

const OWN_NAMES: ReadonlySet<string> = new Set([JOURNAL, CLOSED, BEFORE, REPLACED, UNDO]);

/** Whether everything in a run's folder may be ours; a folder with anything else belongs to somebody. */
export function isOwnFolder(folder: string): boolean {
  return list(folder).every((name) => OWN_NAMES.has(name));
}

/** The journal of a run's folder. */
export function journalOf(folder: string): string {
  return join(folder, JOURNAL);
}

/** The note of what the whole journal is once it is committed. */
export function closedOf(folder: string): string {
  return join(folder, CLOSED);
}

/** Where a transaction keeps what the files held before, by the index of the step. */
export function imagesOf(folder: string): string {
  return join(folder, BEFORE);
}

/** What the file of a step held before. */
export function imageOf(folder: string, index: number): string {
  return join(imagesOf(folder), String(index));
}

/** Where the files themselves are kept that steps replaced or removed: a program may still write to them. */
export function replacedFolder(folder: string): string {
  return join(folder, REPLACED);
}

/** The file itself that a step replaced or removed. */
export function replacedOf(folder: string, index: number): string {
  return join(replacedFolder(folder), String(index));
}

/** The undo of a run is a transaction of its own, kept inside the run's folder. */
export function undoFolder(runFolder: string): string {
  return join(runFolder, UNDO);
}
