import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './run-git.ts';

/** `h` and `s` are files that git was told to take for unchanged, `S` those that a sparse checkout leaves out. */
const HIDDEN = /^([a-zS]) \d+ ([0-9a-f]+) \d\t([\s\S]+)$/;

/** Paths, of those given, that git was told not to look at, and that hold something else than git does. */
export function hiddenChanges(root: string, pathspecs: readonly string[]): readonly string[] {
  const { stdout } = ask(root, ['ls-files', '-v', '--stage', '-z', '--', ...pathspecs]);
  return stdout.split('\0').flatMap((entry) => {
    const [, tag, object, path] = HIDDEN.exec(entry) ?? [];
    if (tag === undefined || object === undefined || path === undefined) return [];
    const bytes = bytesOf(join(root, path));
    return bytes === undefined || objectNameOf(bytes, object.length) === object ? [] : [path];
  });
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // Left out, as the person wanted it: nothing of theirs can be written over.
    return undefined;
  }
}

/** The name that git gives to the contents of a file, by the hash that the repository uses. */
function objectNameOf(bytes: Buffer, length: number): string {
  return createHash(length === 40 ? 'sha1' : 'sha256')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
