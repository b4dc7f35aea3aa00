import { accessSync, closeSync, constants, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FailedError, UsageError } from '../errors.ts';

/** A file that a person asked for on the command line: a report, or a saved plan. */
export interface OutputFile {
  /** Paths are relative to it. */
  readonly cwd: string;
  readonly path: string;
  /** `the report`, for messages. */
  readonly what: string;
  readonly flag: string;
  readonly append?: true;
}

/**
 * Asked before the work, so that a path with a typing error does not leave a run without its report.
 * @throws UsageError when nothing can be written there.
 */
export function requireWritable(file: OutputFile): void {
  const reason = obstacle(resolve(file.cwd, file.path));
  if (reason !== undefined)
    throw new UsageError(
      `${file.what} ${file.path} cannot be written: ${reason}`,
      `Name another file with ${file.flag}.`,
    );
}

function obstacle(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    const found = lookAt(at);
    if (found === undefined) continue;
    if (at === path && found === 'folder') return 'it is a folder';
    if (at !== path && found === 'file') return `${at} is not a folder`;
    return isWritable(at) ? undefined : `${at} may not be written`;
  }
}

function lookAt(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** One after the other: node's own way never ends where a folder cannot be made, below /proc for one. */
function makeFolders(path: string): void {
  if (lookAt(path) === 'folder') return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  mkdirSync(path);
}

/** @throws FailedError when it cannot be written after all. */
export function writeOutput({ cwd, path, what, flag, append }: OutputFile, text: string): void {
  const file = resolve(cwd, path);
  let reader: number | undefined;
  try {
    makeFolders(dirname(file));
    reader = readerOf(file);
    writeFileSync(file, text, { flag: append ? 'a' : 'w' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FailedError(`${what} ${path} cannot be written: ${reason}`, `Name another file with ${flag}.`);
  } finally {
    if (reader !== undefined) closeSync(reader);
  }
}

/** A pipe that nobody reads from would be waited for: opened like this, it is an error. */
function readerOf(file: string): number | undefined {
  const isPipe = statSync(file, { throwIfNoEntry: false })?.isFIFO() ?? false;
  return isPipe ? openSync(file, constants.O_WRONLY | constants.O_NONBLOCK) : undefined;
}
