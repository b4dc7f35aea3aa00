import type { NextApp, Repo } from '../../../src/contract.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { dirname, join } from '../../../src/repo/paths.ts';

/** Whether the app runs this version of Next.js or a later one. What no number says is taken to be later. */
export function isAtLeast(repo: Repo, app: NextApp, major: number, minor: number): boolean {
  const [ownMajor, ownMinor] = versionOf(lockedVersion(repo, app.dir, app.next) ?? highestOf(app.next));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** The installed version, where a lock file of the app or above it says so. */
function lockedVersion(repo: Repo, dir: string, range: string): string | undefined {
  for (const [name, pattern] of LOCKS) {
    const path = join(dir, name);
    const version = repo.exists(path) ? pattern(range).exec(repo.peek(path) ?? '')?.[1] : undefined;
    if (version !== undefined) return version;
  }
  return dir === '' ? undefined : lockedVersion(repo, dirname(dir), range);
}

/** How lock files write the version that a range of next led to. */
const LOCKS: readonly (readonly [name: string, pattern: (range: string) => RegExp])[] = [
  ['package-lock.json', () => /"node_modules\/next": ?\{\s{0,20}"version": ?"([^"\n]+)"/],
  [
    'pnpm-lock.yaml',
    (range) =>
      new RegExp(`^ +next:\\n +specifier: ['"]?${escaped(range)}['"]?\\n +version: ['"]?(\\d[\\w.-]*)`, 'm'),
  ],
  [
    'yarn.lock',
    (range) =>
      new RegExp(`^"?next@(?:npm:)?${escaped(range)}"?[^\\n]{0,300}:\\n +version:? "?(\\d[\\w.-]*)`, 'm'),
  ],
];

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
