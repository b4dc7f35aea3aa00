import { type ComposeFile, discoverCompose } from './compose-files.ts';
import { discoverNextApps, type NextApp } from './next-apps.ts';
import { once } from './once.ts';
import { discoverPackages, type Workspace } from './packages.ts';
import type { Repo, RepoOptions } from './repo.ts';

export type { ComposeFile } from './compose-files.ts';
export type { NextApp } from './next-apps.ts';
export type { Workspace } from './packages.ts';

/** What stands where in the target. Everything is found, nothing is assumed from A.I.M.S.'s own folder names. */
export interface Layout {
  /** Folders with a package.json. */
  readonly packages: readonly Workspace[];
  readonly apps: readonly NextApp[];
  readonly compose: readonly ComposeFile[];
}

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
