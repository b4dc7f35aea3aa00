import { type ComposeFile, discoverCompose } from './compose-files.ts';
import { discoverNextApps, type NextApp } from './next-apps.ts';
import { discoverPackages, type Workspace } from './packages.ts';
import type { Repo } from './repo.ts';

export type { ComposeFile } from './compose-files.ts';
export type { NextApp } from './next-apps.ts';
export type { PackageJson, Workspace } from './packages.ts';

/** What stands where in the target. Everything is found, nothing is assumed from A.I.M.S.'s own folder names. */
export interface Layout {
  /** Folders with a package.json. */
  readonly packages: readonly Workspace[];
  readonly apps: readonly NextApp[];
  readonly compose: readonly ComposeFile[];
}

/** Discovers the layout lazily, part by part, so that asking for Compose files does not read Next apps. */
export function discoverLayout(repo: Repo, onlyApps: readonly string[] | undefined): Layout {
  let packages: readonly Workspace[] | undefined;
  let apps: readonly NextApp[] | undefined;
  let compose: readonly ComposeFile[] | undefined;
  const layout: Layout = {
    get packages() {
      return (packages ??= discoverPackages(repo));
    },
    get apps() {
      return (apps ??= discoverNextApps(repo, layout.packages, onlyApps));
    },
    get compose() {
      return (compose ??= discoverCompose(repo));
    },
  };
  return layout;
}
