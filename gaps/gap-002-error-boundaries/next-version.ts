import type { NextApp, Repo } from '../../src/contract.ts';
import { dirname, join } from '../../src/repo/paths.ts';

/** Whether the app runs this version of Next.js or a later one. What no number says is taken to be later. */
export function isAtLeast(repo: Repo, app: NextApp, major: number, minor: number): boolean {
  const [ownMajor, ownMinor] = versionOf(lockedVersion(repo, app.dir) ?? highestOf(app.next));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** The installed version, where a package-lock.json of the app or above it says so. */
function lockedVersion(repo: Repo, dir: string): string | undefined {
  const lock = repo.peek(join(dir, 'package-lock.json'));
  const version = lock && /"node_modules\/next"\s*:\s*\{\s*"version"\s*:\s*"([^"]+)"/.exec(lock)?.[1];
  return version ?? (dir === '' ? undefined : lockedVersion(repo, dirname(dir)));
}

/** The latest version of a range, as far as it has an end: `^14.0.4` ends before 15. */
function highestOf(range: string): string {
  const last = range.split('||').at(-1)?.trim() ?? '';
  const [number = ''] = /\d+(?:\.\d+)*/.exec(last) ?? [];
  if (number === '' || /^(>|\*|x|latest|canary)/i.test(last)) return '';
  if (last.startsWith('^') || !number.includes('.') || /^\d+\.[x*]/i.test(last))
    return number.split('.')[0] ?? '';
  return number;
}

function versionOf(version: string): readonly [number, number] {
  if (version === '') return [Number.POSITIVE_INFINITY, 0];
  const [major, minor] = version.split('.').map(Number);
  return [major ?? Number.POSITIVE_INFINITY, minor ?? Number.POSITIVE_INFINITY];
}
