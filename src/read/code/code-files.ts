import { oncePer } from '../../repo/once.ts';
import { dirname } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';

/** Every file of JavaScript or TypeScript, type declarations left out. */
export const codeFiles = oncePer((repo: Repo) => repo.find(/(?<!\.d)\.[cm]?[jt]sx?$/));

/** The code of the package in a folder, without that of packages inside of it. */
export function codeOfPackage(repo: Repo, dir: string): readonly string[] {
  return byPackage(repo).get(dir) ?? [];
}

const byPackage = oncePer((repo: Repo): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>(repo.layout.packages.map(({ dir }) => [dir, []]));
  for (const path of codeFiles(repo)) {
    let dir = dirname(path);
    while (dir !== '' && !found.has(dir)) dir = dirname(dir);
    found.get(dir)?.push(path);
  }
  return found;
});
