import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';

const CONFIG_NAMES = ['aims-fix.config.yaml', 'aims-fix.config.json'];

/**
 * The root of the target: the folder of `--repo`, or, upward from here, the nearest that holds a configuration
 * or a git repository; failing both, here.
 * @throws UsageError when the folder does not exist.
 */
export function findRoot(from: string, explicit: string | undefined): string {
  if (explicit !== undefined) return realFolder(resolve(from, explicit), explicit);
  for (let folder = from; ; folder = dirname(folder)) {
    if ([...CONFIG_NAMES, '.git'].some((name) => existsSync(join(folder, name))))
      return realFolder(folder, folder);
    if (folder === dirname(folder)) return realFolder(from, from);
  }
}

function realFolder(folder: string, said: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${said} is not a folder`, 'Name the root of the repository with --repo DIR.');
  }
  return realpathSync(folder);
}
