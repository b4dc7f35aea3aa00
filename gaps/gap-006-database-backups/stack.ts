import type { Repo } from '../../src/contract.ts';
import { withoutComments } from '../../src/read/code/comments.ts';
import { type ComposeService, composeModel } from '../../src/read/deploy/compose.ts';
import { instructionsOf } from '../../src/read/deploy/dockerfile.ts';
import { isInside, join } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import { deployedCompose } from './deployed.ts';
import { fillingFiles, serviceEnvFiles } from './env-files.ts';
import { findStores, mountsOf, type Store } from './stores.ts';

/** The one Compose file that is deployed, and what of its data the scripts can take. */
export interface Stack {
  readonly path: string;
  readonly services: readonly StackService[];
  /** Folders outside of volumes, as the scripts want them: 'service VARIABLE folder'. */
  readonly extraFolders: readonly string[];
  /** Services with a database that has a dump program of its own. */
  readonly leftOut: readonly string[];
  /** Files with the environment of the services, by their paths in the checkout. */
  readonly envFiles: readonly string[];
  /** Files that fill in the variables of the Compose file: what every call of Compose names as `--env-file`. */
  readonly fillingFiles: readonly string[];
}

/** A service with the places that it may write to and that outlive its container. */
export interface StackService {
  readonly name: string;
  /** An app opens a SQLite database. */
  readonly kind: 'app' | 'redis' | 'other';
  readonly workdir: string;
  readonly mounts: readonly string[];
  /** Started by `up` without a profile. */
  readonly isDeclared: boolean;
}

/**
 * Reads the stack. In words where the scripts cannot serve it: it has to be one Compose file, and every database
 * and folder has to be where a service of that file can be asked for it.
 */
export function findStack(repo: Repo): Stack | { readonly refused: string } {
  const files = deployedCompose(repo);
  const [file] = files;
  if (!file) return { refused: 'nothing here says that the data are kept by Docker Compose' };
  if (files.length > 1)
    return {
      refused: `nothing here says which of ${files.map(({ path }) => path).join(' and ')} is deployed`,
    };
  const { services } = composeModel(repo, file);
  const stores = findStores(repo);
  const places = stores.map((store) => placeOf(repo, services, stores, store));
  const refused = places.flatMap((place) => ('refused' in place ? [place.refused] : []))[0];
  if (refused !== undefined) return { refused };
  const take = (kind: 'extra' | 'leftOut') => [
    ...new Set(places.flatMap((place) => (kind in place ? Object.values(place) : []))),
  ];
  return {
    path: file.path,
    services: services.map((service) => stackService(repo, service, stores)),
    extraFolders: take('extra'),
    leftOut: take('leftOut'),
    envFiles: serviceEnvFiles(file, services),
    fillingFiles: fillingFiles(repo, file, services),
  };
}

type Place =
  | { readonly extra: string }
  | { readonly leftOut: string }
  | { readonly mounted: true }
  | { readonly refused: string };

function placeOf(
  repo: Repo,
  services: readonly ComposeService[],
  stores: readonly Store[],
  store: Store,
): Place {
  if (store.service !== undefined)
    return store.kind === 'redis' ? { mounted: true } : { leftOut: store.service };
  const owner = services.find(({ build }) => build !== undefined && isInside(build, store.path));
  if (!owner) return { refused: `no service of the Compose file is built with ${store.path}` };
  const { mounts } = stackService(repo, owner, stores);
  if (store.kind === 'sqlite')
    return mounts.length > 0
      ? { mounted: true }
      : { refused: `the service ${owner.name} has no volume, and its database goes with the container` };
  const folder = folderOf(withoutComments(repo, store.path), mounts, owner.value.environment);
  if (folder === undefined)
    return { refused: `${store.path} does not say plainly in which folder its files are` };
  return folder === 'mounted' ? { mounted: true } : { extra: `${owner.name} ${folder}` };
}

/** `process.env.LUC_DATA_DIR || path.join(process.cwd(), '.luc-data')` is 'LUC_DATA_DIR .luc-data'. */
function folderOf(code: string, mounts: readonly string[], environment: unknown): string | undefined {
  const isMounted = (path: string | undefined) =>
    mounts.some((mount) => path === mount || path?.startsWith(`${mount}/`));
  const inCwd =
    /(?:process\.env\.(\w{1,80})\s{0,20}(?:\|\||\?\?)\s{0,80})?(?:\b\w{1,40}\.)?\b(?:join|resolve)\(\s*process\.cwd\(\)\s*,\s*['"`]([\w./-]+)['"`]\s*\)/.exec(
      code,
    );
  if (inCwd) {
    const [, variable = '-', folder] = inCwd;
    return isMounted(settingIn(environment, variable)) ? 'mounted' : `${variable} ${folder}`;
  }
  const absolute = /['"`](\/[\w./-]*data[\w./-]*)['"`]/.exec(code)?.[1];
  return isMounted(absolute) ? 'mounted' : undefined;
}

/** The value of a variable in `environment`, which is a list or a map. */
function settingIn(environment: unknown, name: string): string | undefined {
  if (!Array.isArray(environment)) {
    const value = asRecord(environment)[name];
    return typeof value === 'string' ? value : undefined;
  }
  const line = environment.find(
    (each: unknown): each is string => typeof each === 'string' && each.startsWith(`${name}=`),
  );
  return line?.slice(name.length + 1);
}

function stackService(
  repo: Repo,
  { name, value, build }: ComposeService,
  stores: readonly Store[],
): StackService {
  const image = typeof value.image === 'string' ? value.image : '';
  const dockerfile = build === undefined ? undefined : repo.peek(join(build, 'Dockerfile'));
  const last = dockerfile === undefined ? [] : lastStage(dockerfile);
  const declared = last.flatMap(({ keyword, words }) =>
    keyword === 'VOLUME' ? [...words.matchAll(/\/[\w./-]+/g)].map(([path]) => path) : [],
  );
  const mounts = [...new Set([...mountsOf(value.volumes), ...declared])];
  const hasDatabase = stores.some(
    ({ kind, path }) => kind === 'sqlite' && build !== undefined && isInside(build, path),
  );
  const isRedis = /(^|\/)(redis|valkey|keydb)/.test(image);
  return {
    name,
    kind: isRedis ? 'redis' : hasDatabase ? 'app' : 'other',
    workdir: last.findLast(({ keyword }) => keyword === 'WORKDIR')?.words ?? '/app',
    mounts,
    isDeclared: value.profiles === undefined,
  };
}

function lastStage(dockerfile: string) {
  const instructions = instructionsOf(dockerfile);
  const stage = instructions.at(-1)?.stage;
  return instructions.filter((each) => each.stage === stage);
}
