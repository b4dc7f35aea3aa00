import { oncePer } from '../../repo/once.ts';
import type { Repo, Workspace } from '../../repo/repo.ts';

/** The package of this repository that a bare specifier names. */
export function findOwnPackage(repo: Repo, specifier: string): Workspace | undefined {
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
  if (name === undefined || name.startsWith('.')) return undefined;
  return packagesByName(repo)
    .get(name)
    ?.find((workspace) => workspace.manifest.name === name);
}

/** Under every name that stands in a package.json, its own among them, so that none has to be parsed in vain. */
const packagesByName = oncePer((repo: Repo): ReadonlyMap<string, readonly Workspace[]> => {
  const byName = new Map<string, Workspace[]>();
  for (const workspace of repo.layout.packages)
    for (const [, name = ''] of (repo.peek(workspace.path) ?? '').matchAll(/"name"\s*:\s*"([^"\n]+)"/g)) {
      const others = byName.get(name);
      if (others) others.push(workspace);
      else byName.set(name, [workspace]);
    }
  return byName;
});
