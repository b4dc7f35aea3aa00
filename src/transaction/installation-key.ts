import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { createFile, isErrno, link, makeFolders, read, removeFile } from './fs.ts';

const LENGTH = 32;

/**
 * What tells the state that this installation wrote from state that came with a repository. It lies outside of every
 * repository, in the user's state folder (XDG Base Directory Specification), and is made when it is first needed.
 * @throws RefusedError where no such folder can be written.
 */
export function installationKey(): Buffer {
  const path = keyPath();
  try {
    return known(path) ?? made(path);
  } catch (error) {
    throw new RefusedError(
      `${path} cannot be read or written (${isErrno(error) ? error.code : error}); nothing was changed`,
      'Set XDG_STATE_HOME to a folder that you can write to and that stays.',
    );
  }
}

function known(path: string): Buffer | undefined {
  const key = read(path);
  return key?.length === LENGTH ? key : undefined;
}

function made(path: string): Buffer {
  const key = randomBytes(LENGTH);
  const own = `${path}.${key.toString('hex', 0, 8)}`;
  makeFolders(dirname(path));
  createFile(own, key, { mode: 0o600, owner: null });
  // Another process may have been faster: the name is taken once, whole.
  const isOurs = link(own, path) === 'linked';
  removeFile(own);
  return isOurs ? key : (known(path) ?? replaced(path, key));
}

/** A key that is not whole seals nothing that could be lost. */
function replaced(path: string, key: Buffer): Buffer {
  removeFile(path);
  createFile(path, key, { mode: 0o600, owner: null });
  return key;
}

function keyPath(): string {
  const { XDG_STATE_HOME: state } = process.env;
  // A relative path is to be ignored, as the specification says.
  const base = state?.startsWith('/') ? state : join(homedir(), '.local', 'state');
  return join(base, 'aims-fix', 'key');
}
