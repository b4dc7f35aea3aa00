import { join } from 'node:path';
import { RefusedError } from '../errors.ts';
import { knowingErrors } from './failure.ts';
import { createFile, link, list, read, realpath, removeFile, rename, stat } from './fs.ts';
import { fateOf, type Holder, isHolder, thisProcess } from './holder.ts';
import { ensureStateFolder, STATE } from './state-folder.ts';

/** Roots that this process holds: who holds the lock may ask for it again. */
const held = new Set<string>();

/** Runs the function while no other aims-fix may write to the root. Nests within one process. */
export async function withLock<T>(root: string, command: string, fn: () => T | Promise<T>): Promise<T> {
  const release = holdLock(root, command);
  try {
    return await fn();
  } finally {
    release();
  }
}

/** The same for synchronous work inside this folder, which gets the root with all links resolved. */
export function holding<T>(root: string, command: string, operation: (real: string) => T): T {
  const release = holdLock(root, command);
  try {
    return operation(knowingErrors(root, () => realpath(root)));
  } finally {
    release();
  }
}

/**
 * Takes the lock and returns what gives it back. A lock whose holder has died is taken over.
 * @throws RefusedError when it is held, or when nobody here can tell.
 */
function holdLock(root: string, command: string): () => void {
  const real = knowingErrors(root, () => realpath(root));
  if (held.has(real)) return () => {};
  const self = thisProcess(command);
  knowingErrors(real, () => take(ensureStateFolder(real), self));
  held.add(real);
  return () => {
    held.delete(real);
    release(join(real, STATE, 'lock'), self);
  };
}

/** Whether a process that runs holds the lock, or may hold it. Reads only. */
export function isAtWork(real: string): boolean {
  if (held.has(real)) return false;
  const names = list(join(real, STATE)).filter((name) => name === 'lock' || name.startsWith('lock.after-'));
  return names.some((name) => {
    const holder = readHolder(join(real, STATE, name));
    return holder !== undefined && fateOf(holder) !== 'dead';
  });
}

function take(folder: string, self: Holder): void {
  const claim = join(folder, `lock.${self.id}`);
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      removeFile(claim);
      createFile(claim, Buffer.from(`${JSON.stringify(self)}\n`), { mode: 0o644, owner: null });
      if (!tryToTake(folder, claim)) continue;
      harmlessly(() => sweep(folder));
      return;
    }
  } finally {
    harmlessly(() => removeFile(claim));
  }
  throw new RefusedError('too many runs of aims-fix ask for the lock', 'Run the command again in a moment.');
}

/** What stays behind when this fails is swept up by whoever holds the lock next. */
function harmlessly(removal: () => void): void {
  try {
    removal();
  } catch {
    return;
  }
}

/**
 * One attempt; false when the lock changed meanwhile. A lock comes into being complete, as a second name of the
 * claim. A dead holder X is followed by whoever makes `lock.after-X` first, and if that one dies too, by
 * whoever makes `lock.after-<it>`: the end of this chain holds the lock. It then shortens the chain by putting
 * its claim in the place of `lock`. Someone who still read X after that sees, looking again, that `lock` is no
 * longer X, and steps back.
 */
function tryToTake(folder: string, claim: string): boolean {
  const lock = join(folder, 'lock');
  if (link(claim, lock) === 'linked') return true;
  const head = readHolder(lock);
  for (let last = head; last; ) {
    requireDead(last);
    const next = join(folder, `lock.after-${last.id}`);
    if (link(claim, next) === 'linked') return follow(lock, head, next, claim);
    last = readHolder(next);
  }
  return false;
}

/** At the end of the chain: the lock is ours if the chain still starts where it did. */
function follow(lock: string, head: Holder | undefined, next: string, claim: string): boolean {
  let isOurs = false;
  try {
    isOurs = readHolder(lock)?.id === head?.id;
    if (isOurs) rename(claim, lock);
    return isOurs;
  } finally {
    harmlessly(() => removeFile(next));
  }
}

/** What died left its claims behind. Someone alive who loses its claim makes it again. */
function sweep(folder: string): void {
  for (const name of list(folder)) if (name.startsWith('lock.')) removeFile(join(folder, name));
}

function requireDead(holder: Holder): void {
  const fate = fateOf(holder);
  if (fate === 'dead') return;
  const who = `aims-fix (${holder.command}, pid ${holder.pid} on ${holder.host}, since ${holder.since})`;
  if (fate === 'alive') {
    throw new RefusedError(
      `another ${who} is at work here`,
      'Wait until it has ended, then run the command again.',
    );
  }
  throw new RefusedError(
    `${who} holds the lock, and nobody here can tell whether it still runs`,
    `Make sure that no aims-fix runs there, then remove ${STATE}/lock.`,
  );
}

/** Undefined when the lock is gone. */
function readHolder(path: string): Holder | undefined {
  const found = stat(path);
  if (!found) return undefined;
  const text = found.kind === 'file' ? read(path)?.toString() : '';
  if (text === undefined) return undefined;
  const holder = parse(text);
  if (isHolder(holder)) return holder;
  throw new RefusedError(
    `${path} is not a lock that aims-fix can read`,
    `Make sure that no aims-fix runs here, then remove ${path}.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not ours, or damaged: the caller says which file.
    return undefined;
  }
}

/** A lock that stays behind does no harm: its holder will be dead, and the next run takes it over. */
function release(lock: string, self: Holder): void {
  harmlessly(() => {
    if (readHolder(lock)?.id === self.id) removeFile(lock);
  });
}
