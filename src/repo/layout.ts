import { discoverCompose } from './compose-files.ts';
import type { Layout, Repo, RepoOptions } from './model.ts';
import { discoverNextApps } from './next-apps.ts';
import { once } from './once.ts';
import { discoverPackages } from './packages.ts';

/** Discovers the layout lazily, part by part, so that asking for Compose files does not read Next apps. */
export function discoverLayout(repo: Repo, { apps: onlyApps, compose: chosen }: RepoOptions): Layout {
  const packages = once(() => discoverPackages(repo));
  const apps = once(() => discoverNextApps(repo, packages(), onlyApps));
  const compose = once(() => discoverCompose(repo, chosen));
  return {
    get packages() {
      return packages();
    },
    get apps() {
      return apps();
    },
    get compose() {
      return compose();
    },
  };
}
