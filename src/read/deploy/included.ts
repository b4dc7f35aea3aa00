import { dirname, resolve } from '../../repo/paths.ts';
import { asRecord } from '../../repo/record.ts';
import type { Repo } from '../../repo/repo.ts';
import { composeModel } from './compose.ts';
import { yamlValue } from './yaml-value.ts';

/** A stack and the files that it includes; `isWhole` is false where one of them is not in the repository. */
export function withIncluded(
  repo: Repo,
  paths: readonly string[],
): { readonly paths: readonly string[]; readonly isWhole: boolean } {
  const all = new Set(paths);
  let isWhole = true;
  for (const path of all) {
    for (const file of includedBy(repo, path)) {
      if (file !== undefined && repo.exists(file)) all.add(file);
      else isWhole = false;
    }
  }
  return { paths: [...all], isWhole };
}

/** `include: [logs.yml]`, or with `path:`, one or several; undefined for what is not a path inside of the repository. */
function includedBy(repo: Repo, path: string): readonly (string | undefined)[] {
  if (composeModel(repo, { path }).isWhole) return [];
  return [asRecord(yamlValue(repo, path)).include]
    .flat()
    .flatMap((entry) => (typeof entry === 'string' ? entry : asRecord(entry).path))
    .map((name) => (typeof name === 'string' ? resolve(dirname(path), name) : undefined));
}
