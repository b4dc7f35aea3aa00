import fs from 'node:fs';
import { dirname } from 'node:path';
import { RefusedError } from '../errors.ts';

// Every file-system operation of the transaction. All are synchronous, so that their order is the order of the
// code, and each failure names its path.

/** User and group of a file. */
export type Ownership = readonly [uid: number, gid: number];

export interface Attributes {
  /** Permission bits; null leaves what the process's umask gives. */
  readonly mode: number | null;
  /** null leaves what the process gives. */
  readonly owner: Ownership | null;
}

export interface Stat {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly mode: number;
  readonly owner: Ownership;
}

export function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** What stands at the path, links not followed; undefined when nothing does. */
export function stat(path: string): Stat | undefined {
  const found = tolerating(['ENOENT', 'ENOTDIR'], path, () => fs.lstatSync(path));
  if (!found) return undefined;
  const kind = found.isFile()
    ? 'file'
    : found.isDirectory()
      ? 'folder'
      : found.isSymbolicLink()
        ? 'link'
        : 'other';
  return { kind, mode: found.mode & 0o7777, owner: [found.uid, found.gid] };
}

/**
 * The bytes of a file; undefined when it does not exist.
 * @throws RefusedError where a pipe or a device has its name: it would be waited for.
 */
export function read(path: string): Buffer | undefined {
  if (stat(path)?.kind === 'other')
    throw new RefusedError(`${path} is not a regular file`, 'Move it away, then run the command again.');
  return tolerating(['ENOENT', 'ENOTDIR'], path, () => fs.readFileSync(path));
}

/** The names in a folder; none when it does not exist. */
export function list(path: string): readonly string[] {
  return tolerating(['ENOENT', 'ENOTDIR'], path, () => fs.readdirSync(path)) ?? [];
}

/** Where a link points; undefined when there is none. */
export function readLink(path: string): string | undefined {
  return tolerating(['ENOENT', 'ENOTDIR', 'EINVAL'], path, () => fs.readlinkSync(path));
}

export function realpath(path: string): string {
  return naming(path, () => fs.realpathSync(path));
}

/** Writes a new file and brings it to the disk. */
export function createFile(path: string, bytes: Uint8Array, attributes: Attributes): void {
  const fd = naming(path, () => fs.openSync(path, 'wx', 0o600));
  try {
    naming(path, () => setAttributes(fd, attributes));
    writeAll(fd, path, bytes);
    naming(path, () => fs.fsyncSync(fd));
  } finally {
    naming(path, () => fs.closeSync(fd));
  }
}

/** Appends to a file and brings it to the disk. */
export function append(path: string, text: string): void {
  const fd = naming(path, () => fs.openSync(path, 'a'));
  try {
    writeAll(fd, path, Buffer.from(text));
    naming(path, () => fs.fsyncSync(fd));
  } finally {
    naming(path, () => fs.closeSync(fd));
  }
}

/** A write may take fewer bytes than it was given. */
function writeAll(fd: number, path: string, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const written = naming(path, () => fs.writeSync(fd, bytes, at));
    if (written === 0)
      throw Object.assign(new Error('wrote nothing'), { code: 'EIO', syscall: 'write', path });
    at += written;
  }
}

/** Owner before mode: changing the owner clears the set-user bits. */
function setAttributes(fd: number, { mode, owner }: Attributes): void {
  if (owner) {
    const { uid, gid } = fs.fstatSync(fd);
    if (uid !== owner[0] || gid !== owner[1]) {
      // Only root can give a file away; everyone else keeps what they write.
      tolerating(['EPERM'], undefined, () => fs.fchownSync(fd, owner[0], owner[1]));
    }
  }
  if (mode !== null) fs.fchmodSync(fd, mode);
}

/** Makes a folder unless it is there, and gives it its attributes. */
export function makeFolder(path: string, { mode, owner }: Attributes = { mode: null, owner: null }): void {
  tolerating(['EEXIST'], path, () => fs.mkdirSync(path));
  if (owner) {
    const found = stat(path);
    if (found && (found.owner[0] !== owner[0] || found.owner[1] !== owner[1])) {
      tolerating(['EPERM'], path, () => fs.chownSync(path, owner[0], owner[1]));
    }
  }
  if (mode !== null && stat(path)?.mode !== mode) naming(path, () => fs.chmodSync(path, mode));
}

/** Makes a folder of the user's own, with those above it. Node's own way never ends where a folder cannot be made. */
export function makeFolders(path: string): void {
  if (stat(path)?.kind === 'folder') return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  tolerating(['EEXIST'], path, () => fs.mkdirSync(path, { mode: 0o700 }));
}

/** Brings the names in a folder to the disk. Windows cannot open a folder, and has no need to. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const fd = naming(path, () => fs.openSync(path, 'r'));
  try {
    naming(path, () => fs.fsyncSync(fd));
  } finally {
    naming(path, () => fs.closeSync(fd));
  }
}

/** Replaces `to`, or makes it, in one step. */
export function rename(from: string, to: string): void {
  naming(from, () => fs.renameSync(from, to));
}

/** Gives a file a second name. Unlike a rename it never replaces what has that name. */
export function link(from: string, to: string): 'linked' | 'taken' | 'gone' {
  try {
    naming(from, () => fs.linkSync(from, to));
    return 'linked';
  } catch (error) {
    if (isErrno(error) && error.code === 'EEXIST') return 'taken';
    if (isErrno(error) && error.code === 'ENOENT') return 'gone';
    throw error;
  }
}

/**
 * Keeps a file under a second name as well, so that what is written to it by whoever has it open is not lost.
 * Without effect where the file system has no second names, or it has this one already.
 */
export function keepAs(path: string, to: string): void {
  tolerating(['EEXIST', 'ENOENT', 'EPERM', 'EXDEV', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'], path, () =>
    fs.linkSync(path, to),
  );
}

/** Removes a file if it is there. */
export function removeFile(path: string): void {
  tolerating(['ENOENT', 'ENOTDIR'], path, () => fs.unlinkSync(path));
}

/** Removes a folder if it is there and empty. */
export function removeFolder(path: string): void {
  tolerating(['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'], path, () => fs.rmdirSync(path));
}

function tolerating<T>(
  codes: readonly string[],
  path: string | undefined,
  operation: () => T,
): T | undefined {
  try {
    return path === undefined ? operation() : naming(path, operation);
  } catch (error) {
    if (isErrno(error) && codes.includes(error.code ?? '')) return undefined;
    throw error;
  }
}

/** Operations on a descriptor do not say which file they failed on. */
function naming<T>(path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (isErrno(error)) error.path ??= path;
    throw error;
  }
}
