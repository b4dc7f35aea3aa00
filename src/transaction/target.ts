import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { list, type Ownership, read, readLink, stat } from './fs.ts';

/** A file of the target. */
export interface Target {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly mode: number;
  readonly owner: Ownership;
}

/** Folders that belong to git and to aims-fix, on file systems that ignore case and trailing dots too. */
const PRIVATE = new Set(['.git', 'git~1', '.aims-fix']);

/** In bytes, on all common file systems. */
const LONGEST_NAME = 255;

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The folder of a path, '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The folders above a path, outermost first. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** @throws RefusedError for a path that is not relative, leaves the root, or is not for gaps to write. */
export function requireSafePath(path: string): void {
  const parts = path.split('/');
  const reason = /[\0\\]/.test(path)
    ? 'holds a backslash or a NUL'
    : path.startsWith('/') || /^[a-z]:/i.test(path) || parts[0] === '~'
      ? 'is not relative to the root'
      : parts.some((part) => part === '' || part === '.' || part === '..')
        ? 'has an empty part, `.` or `..`'
        : parts.some((part) => PRIVATE.has(part.replace(/(?<![. ])[. ]+$/, '').toLowerCase()))
          ? 'belongs to git or to aims-fix'
          : parts.some((part) => Buffer.byteLength(part) > LONGEST_NAME)
            ? 'has a name that no file system holds'
            : undefined;
  if (reason) throw new RefusedError(`${JSON.stringify(path)} ${reason}; it is never written`);
}

/**
 * The absolute path, after a look at every part of it. No link is written through, not even one that stays
 * inside: it would give one file two names.
 * @throws RefusedError for an unsafe path, or one that passes a link or a file.
 */
export function locate(root: string, path: string): string {
  requireSafePath(path);
  for (const folder of foldersAbove(path)) {
    const found = stat(join(root, folder));
    if (!found) break;
    if (found.kind === 'link') throw throughLink(root, path, folder);
    if (found.kind !== 'folder') throw new RefusedError(`${path}: ${folder} is not a folder`);
  }
  if (stat(join(root, path))?.kind === 'link') throw throughLink(root, path, path);
  return join(root, path);
}

function throughLink(root: string, path: string, link: string): RefusedError {
  return new RefusedError(
    `${path}: ${link} is a link to ${readLink(join(root, link))}; nothing is written through links`,
    'Put the real file or folder in its place, or make this change by hand.',
  );
}

/** The file at a path, null when there is none. */
export function look(root: string, path: string): Target | null {
  const at = locate(root, path);
  const found = stat(at);
  if (!found) return null;
  if (found.kind !== 'file') throw new RefusedError(`${path} is not a regular file`);
  const bytes = read(at);
  return bytes ? { bytes, sha256: sha256(bytes), mode: found.mode, owner: found.owner } : null;
}

/** @throws RefusedError when two paths are one file, on some file system, or one is a folder of another. */
export function requireDistinct(paths: readonly string[]): void {
  const claimed = new Map<string, string>();
  for (const path of paths) {
    const other = claimed.get(folded(path));
    if (other === path) throw new RefusedError(`${path} is to be written twice in one run`);
    if (other !== undefined) throw new RefusedError(`${path} and ${other} differ only in case`);
    claimed.set(folded(path), path);
  }
  for (const path of paths) {
    const folder = foldersAbove(path).find((above) => claimed.has(folded(above)));
    if (folder !== undefined) throw new RefusedError(`${folder} is to be a file and a folder (of ${path})`);
  }
  const folders = new Map<string, string>();
  for (const folder of paths.flatMap(foldersAbove)) {
    const other = folders.get(folded(folder));
    if (other !== undefined && other !== folder)
      throw new RefusedError(`${folder} and ${other} differ only in case`);
    folders.set(folded(folder), folder);
  }
}

/** @throws RefusedError when a new path has a neighbour, at any depth, that differs from it only in case. */
export function requireNoTwin(root: string, path: string): void {
  for (const part of [...foldersAbove(path), path]) {
    const folder = folderOf(part);
    const name = part.slice(folder === '' ? 0 : folder.length + 1);
    const twin = list(join(root, folder)).find((other) => other !== name && folded(other) === folded(name));
    if (twin !== undefined) throw new RefusedError(`${path}: ${twin} is there and differs only in case`);
  }
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
