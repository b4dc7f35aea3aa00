import { createHash } from 'node:crypto';
import { isInside, join } from '../repo/paths.ts';
import { asRecord } from '../repo/record.ts';
import type { RawRepo } from '../repo/repo.ts';
import type { LockFile, Manager } from '../runner/lock/owner.ts';

/** Where an app's packages are installed: its own folder, or that of the workspace it belongs to. */
export interface InstallPlace {
  readonly manager: Manager;
  readonly dir: string;
  readonly lock: LockFile | undefined;
}

/** Files beside the manifests that a package manager obeys. */
const SETTINGS =
  /(^|\/)(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.[cm]?js|pnpm-workspace\.yaml|bunfig\.toml|binding\.gyp)$/;
/** Scripts of the repository that an install runs: what they write depends on every file that they read. */
const RUN_BY_INSTALL = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
];
/** Packages that stand in the repository itself, or are patched from it. */
const LOCAL = /^(?:file|link|portal|patch|exec):|^[./]|^~\/|\.tgz$/;
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'resolutions', 'overrides'];

/**
 * What an install depends on: the same key, the same install. Installs are never shared between repositories.
 * Undefined where that cannot be told, because a part of the package manager is one of the repository's own files.
 */
export function installKey(root: string, repo: RawRepo, place: InstallPlace): string | undefined {
  const settings = repo.files.filter((path) => SETTINGS.test(path));
  if (place.manager === 'yarn' && settings.some((path) => path.endsWith('.yarnrc.yml'))) return undefined;
  const manifests = packageDirs(repo, place).map((dir) => join(dir, 'package.json'));
  const lock = place.lock ? [place.lock.path] : [];
  const isOwn = manifests.some((path) => runsOwnCode(repo.json(path)));
  const paths = isOwn ? repo.files : [...new Set([...manifests, ...lock, ...settings])].sort();
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform} ${process.arch}`);
  hash.update(`\0${root}\0${place.dir}`);
  for (const path of paths) hash.update(`\0${path}\0${fingerprintOf(repo, path)}`);
  return hash.digest('hex').slice(0, 32);
}

/** Folders of the packages that are installed together. */
export function packageDirs(repo: RawRepo, place: InstallPlace): readonly string[] {
  return repo.layout.packages
    .map(({ dir }) => dir)
    .filter((dir) => dir === place.dir || isInside(place.dir, dir));
}

function runsOwnCode(manifest: unknown): boolean {
  const fields = asRecord(manifest);
  const scripts = asRecord(fields.scripts);
  return (
    RUN_BY_INSTALL.some((name) => name in scripts) ||
    KINDS.some((kind) => Object.values(asRecord(fields[kind])).some((range) => LOCAL.test(String(range))))
  );
}

/** A file that cannot be read is not what an install was made from. */
function fingerprintOf(repo: RawRepo, path: string): string {
  try {
    return repo.hash(path);
  } catch {
    return 'unreadable';
  }
}
