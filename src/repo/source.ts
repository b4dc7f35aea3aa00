import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { SourceError } from '../errors.ts';
import { once } from './once.ts';

/** Where a repository's bytes come from. Paths are relative to the root, with slashes. */
export interface Source {
  /** Every regular file, sorted. Links are not followed and not listed. */
  list(): readonly string[];
  /** Whether something stands at the path, listed or not (a link, a folder, a file that `list` leaves out). */
  occupied(path: string): boolean;
  /** Throws SourceError when it cannot be read. */
  read(path: string): Uint8Array;
  /** Permission bits, as in 0o644. */
  mode(path: string): number;
  /** Folders that could not be listed. */
  closedFolders(): readonly string[];
  /** Links, which are neither followed nor listed, sorted. */
  links(): readonly string[];
}

/** Folders that hold what was installed, built or recorded, never what a person wrote. */
const SKIPPED = new Set([
  '.git',
  'node_modules',
  '.next',
  '.aims-fix',
  '.turbo',
  '.pnpm-store',
  '.yarn',
  '.venv',
  '__pycache__',
]);
/** A larger file is no source code; reading it would cost more than it tells. */
const MAX_BYTES = 5 * 1024 * 1024;

/** The files under a folder on disk. The walk happens once, at the first `list`. */
export function diskSource(root: string): Source {
  const walked = once(() => walk(root));
  return {
    list: () => walked().files,
    closedFolders: () => walked().closed,
    links: () => walked().links,
    occupied: (path) => lstatSync(under(root, path), { throwIfNoEntry: false }) !== undefined,
    read: (path) => readBytes(root, path),
    mode: (path) => lstatSync(under(root, path)).mode & 0o777,
  };
}

/** Listed paths need no normalising, and it would cost as much as opening the file. */
function under(root: string, path: string): string {
  return `${root}/${path}`;
}

/** What a walk met. */
interface Walked {
  readonly files: readonly string[];
  readonly closed: readonly string[];
  readonly links: readonly string[];
}

function walk(root: string): Walked {
  const files: string[] = [];
  const links: string[] = [];
  const closed: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = entriesOf(under(root, folder));
    if (entries === undefined) closed.push(folder);
    for (const entry of entries ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.push(path);
      else if (!SKIPPED.has(entry.name)) sortIn(entry, path, folders, links);
    }
  }
  return { files: files.sort(), closed: closed.sort(), links: links.sort() };
}

function sortIn(entry: Dirent, path: string, folders: string[], links: string[]): void {
  if (entry.isDirectory()) folders.push(path);
  else if (entry.isSymbolicLink()) links.push(path);
}

/** Undefined where this user may not look. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error) && error.code === 'ENOENT') return [];
    if (isErrno(error) && (error.code === 'EACCES' || error.code === 'EPERM')) return undefined;
    throw error;
  }
}

/** Opens without waiting, because a pipe stands open for ever, and measures before reading. */
function readBytes(root: string, path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(under(root, path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size, isFile } = factsOf(file);
    if (!isFile) throw new SourceError(path, 'is no file');
    if (size > MAX_BYTES)
      throw new SourceError(path, `is larger than ${MAX_BYTES / 1024 / 1024} MiB and was not read`);
    return readFileSync(file);
  } catch (error) {
    if (isErrno(error)) throw new SourceError(path, `cannot be read (${error.code})`);
    throw error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function factsOf(file: number): { readonly size: number; readonly isFile: boolean } {
  const facts = fstatSync(file);
  return { size: facts.size, isFile: facts.isFile() };
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

/** A repository in memory, for tests and for the stage. */
export function memorySource(
  files: Readonly<Record<string, string | Uint8Array>>,
  modes: Readonly<Record<string, number>> = {},
): Source {
  const contents = new Map(Object.entries(files).map(([path, value]) => [path, Buffer.from(value)] as const));
  const paths = [...contents.keys()].sort();
  return {
    list: () => paths,
    occupied: (path) => contents.has(path) || paths.some((other) => other.startsWith(`${path}/`)),
    read: (path) => contents.get(path) ?? missing(path),
    mode: (path) => modes[path] ?? 0o644,
    closedFolders: () => [],
    links: () => [],
  };
}

function missing(path: string): never {
  throw new SourceError(path, 'does not exist');
}
