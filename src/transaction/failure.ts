import { relative, sep } from 'node:path';
import { AimsFixError, FailedError, RefusedError } from '../errors.ts';
import { isErrno } from './fs.ts';

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk failed',
  EMFILE: 'too many open files',
};
const DENIED = new Set(['EACCES', 'EPERM', 'EROFS']);

/** What went wrong and where, relative to the root. `nameOf` translates temporary names. */
export function reasonOf(error: unknown, root: string, nameOf = (path: string) => path): string {
  if (!isErrno(error)) return error instanceof Error ? error.message : String(error);
  const where = nameOf(relative(root, error.path ?? root).replaceAll(sep, '/') || '.');
  return `${where}: ${WORDS[error.code ?? ''] ?? error.syscall} (${error.code})`;
}

/** Runs what writes nothing to the target by itself; a failing disk becomes an error that a person can act on. */
export function knowingErrors<T>(root: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw knownError(error, root, 'nothing was changed');
  }
}

/** An error of the disk as one that a person can act on; any other is passed through. */
export function knownError(
  error: unknown,
  root: string,
  outcome: string,
  nameOf?: (path: string) => string,
): unknown {
  if (error instanceof AimsFixError || !isErrno(error)) return error;
  const message = `${reasonOf(error, root, nameOf)}; ${outcome}`;
  if (DENIED.has(error.code ?? '')) {
    return new RefusedError(message, 'Make the path writable for this user, then run the command again.');
  }
  return new FailedError(message, 'Mend the cause, then run the command again.');
}
