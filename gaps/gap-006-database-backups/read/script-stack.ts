import type { Repo } from '../../../src/contract.ts';
import { dataStacks } from '../../../src/read/backups/compose-stores.ts';
import type { Store } from '../../../src/read/backups/store.ts';
import { storesOf } from '../../../src/read/backups/stores.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { lastStageOf } from '../../../src/read/deploy/dockerfile.ts';
import type { StackService } from '../../../src/read/deploy/service-roles.ts';
import { settingsOf } from '../../../src/read/deploy/service-settings.ts';
import { CHOOSE_COMPOSE } from '../../../src/read/deploy/stacks.ts';
import { mountsOf } from '../../../src/read/deploy/volumes.ts';
import { oncePer } from '../../../src/repo/once.ts';
import { isInside, join } from '../../../src/repo/paths.ts';
import { TAKEN } from '../tables.ts';
import { fillingFiles, serviceEnvFiles } from './env-files.ts';

/** The one Compose file that is deployed, and what of its data the scripts can take. */
export interface ScriptStack {
  readonly path: string;
  readonly services: readonly ScriptService[];
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
export interface ScriptService {
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
export const scriptStackOf = oncePer((repo: Repo): ScriptStack | { readonly refused: string } => {
  const files = dataStacks(repo).flatMap(({ paths }) => paths);
  const [stack] = dataStacks(repo);
  const [path] = files;
  if (!stack || path === undefined)
    return { refused: 'nothing here says that the data are kept by Docker Compose' };
  if (files.length > 1)
    return {
      refused: `nothing here says which of ${files.join(' and ')} is deployed; ${CHOOSE_COMPOSE}`,
    };
  const { services } = stack;
  const stores = storesOf(repo);
  const own = stores.filter((store) => TAKEN.includes(store.kind) || stack.paths.includes(store.path));
  const places = own.map((store) => placeOf(repo, services, stores, store));
  const refused = places.flatMap((place) => ('refused' in place ? [place.refused] : []))[0];
  if (refused !== undefined) return { refused };
  const take = (kind: 'extra' | 'leftOut') => [
    ...new Set(places.flatMap((place) => (kind in place ? Object.values(place) : []))),
  ];
  return {
    path,
    services: services.map((service) => scriptService(repo, service, stores)),
    extraFolders: take('extra'),
    leftOut: take('leftOut'),
    envFiles: serviceEnvFiles(path, services),
    fillingFiles: fillingFiles(repo, path, services),
  };
});

type Place =
  | { readonly extra: string }
  | { readonly leftOut: string }
  | { readonly mounted: true }
  | { readonly refused: string };

function placeOf(
  repo: Repo,
  services: readonly StackService[],
  stores: readonly Store[],
  store: Store,
): Place {
  if (store.kind === 'files' && store.service !== undefined) return { mounted: true };
  const isServer = store.service !== undefined && store.kind !== 'sqlite';
  if (isServer) return store.kind === 'redis' ? { mounted: true } : { leftOut: store.service };
  const owner = services.find(
    ({ name, build }) => name === store.service || (build !== undefined && isInside(build, store.path)),
  );
  if (!owner) return { refused: `no service of the Compose file is built with ${store.path}` };
  const { mounts } = scriptService(repo, owner, stores);
  if (store.kind === 'sqlite')
    return mounts.length > 0
      ? { mounted: true }
      : { refused: `the service ${owner.name} has no volume, and its database goes with the container` };
  const folder = folderOf(withoutComments(repo, store.path), mounts, settingsOf(owner));
  if (folder === undefined)
    return { refused: `${store.path} does not say plainly in which folder its files are` };
  return folder === 'mounted' ? { mounted: true } : { extra: `${owner.name} ${folder}` };
}

/** `process.env.LUC_DATA_DIR || path.join(process.cwd(), '.luc-data')` is 'LUC_DATA_DIR .luc-data'. */
function folderOf(
  code: string,
  mounts: readonly string[],
  settings: ReturnType<typeof settingsOf>,
): string | undefined {
  const isMounted = (path: string | undefined) =>
    mounts.some((mount) => path === mount || path?.startsWith(`${mount}/`));
  const inCwd =
    /(?:process\.env\.(\w{1,80})\s{0,20}(?:\|\||\?\?)\s{0,80})?(?:\b\w{1,40}\.)?\b(?:join|resolve)\(\s*process\.cwd\(\)\s*,\s*['"`]([\w./-]+)['"`]\s*\)/.exec(
      code,
    );
  if (inCwd) {
    const [, variable = '-', folder] = inCwd;
    return isMounted(settings.find(([name]) => name === variable)?.[1]) ? 'mounted' : `${variable} ${folder}`;
  }
  const absolute = /['"`](\/[\w./-]{0,200}data[\w./-]{0,200})['"`]/.exec(code)?.[1];
  return isMounted(absolute) ? 'mounted' : undefined;
}

function scriptService(
  repo: Repo,
  { name, value, image, build }: StackService,
  stores: readonly Store[],
): ScriptService {
  const dockerfile = build === undefined ? undefined : repo.peek(join(build, 'Dockerfile'));
  const last = dockerfile === undefined ? [] : lastStageOf(dockerfile);
  const declared = last.flatMap(({ keyword, words }) =>
    keyword === 'VOLUME' ? [...words.matchAll(/\/[\w./-]+/g)].map(([path]) => path) : [],
  );
  const mounts = [...new Set([...mountsOf(value.volumes).map(({ target }) => target), ...declared])];
  const hasDatabase = stores.some(
    ({ kind, path, service }) =>
      kind === 'sqlite' && (service === name || (build !== undefined && isInside(build, path))),
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
