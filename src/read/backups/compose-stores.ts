import type { Repo } from '../../contract.ts';
import { oncePer } from '../../repo/once.ts';
import { basename, isInside } from '../../repo/paths.ts';
import type { ComposeStack } from '../deploy/compose-stack.ts';
import { deployedStacks } from '../deploy/deployed-stacks.ts';
import { developersReason } from '../deploy/developer-stacks.ts';
import type { StackService } from '../deploy/service-roles.ts';
import { settingsOf } from '../deploy/service-settings.ts';
import { mountsOf } from '../deploy/volumes.ts';
import type { Store } from './store.ts';
import { CACHES, FOLDERS, IMAGES, NO_SERVER, type Server } from './tables.ts';
import { uploadsOf } from './uploads.ts';

/** The stacks whose data count: what is deployed or may be, without rehearsals and what developers alone start. */
export const dataStacks = oncePer((repo: Repo): readonly ComposeStack[] =>
  deployedStacks(repo).counted.filter(
    (stack) => developersReason(repo, stack) === undefined && !isRehearsal(stack),
  ),
);

/** What a rehearsal of a deployment holds is thrown away. */
function isRehearsal({ files }: ComposeStack): boolean {
  return files.some(({ path }) => /(?:^|[._-])(?:staging|preview|uat)(?:[._-]|$)/i.test(basename(path)));
}

/** The file that developers start, if there is one. */
export function developerStack(repo: Repo): string | undefined {
  return deployedStacks(repo).counted.find((stack) => developersReason(repo, stack) !== undefined)?.files[0]
    ?.path;
}

/** Database servers, and SQLite files and uploads that a service puts into a volume. */
export function composeStores(repo: Repo, inCode: readonly Store[]): readonly Store[] {
  return dataStacks(repo).flatMap(({ services }) =>
    services.flatMap((service): readonly Store[] => {
      const server = service.build === undefined ? serverOf(service) : undefined;
      if (server) return serverStores(service, server, services);
      return [...sqliteStores(service, inCode), ...uploadStores(repo, service, inCode)];
    }),
  );
}

function sqliteStores(service: StackService, inCode: readonly Store[]): readonly Store[] {
  const file = isTold(service, inCode) ? undefined : sqliteFileOf(service);
  if (file === undefined) return [];
  const name = `the SQLite database of ${service.name}`;
  return [{ kind: 'sqlite', name, ...placeOf(service), words: [...namesOf(service), file] }];
}

/** Where the code that writes them is known, that place says more. */
function uploadStores(repo: Repo, service: StackService, inCode: readonly Store[]): readonly Store[] {
  const mount = inCode.some(({ kind }) => kind === 'files') ? undefined : uploadsOf(repo, service);
  if (mount === undefined) return [];
  const name = `the uploaded files of ${service.name}`;
  return [{ kind: 'files', name, ...placeOf(service), words: [...namesOf(service), mount.target] }];
}

/** The code that the service is built from opens the database: that place says more. */
function isTold({ build, isCopy }: StackService, inCode: readonly Store[]): boolean {
  return (
    isCopy ||
    (build !== undefined && inCode.some(({ kind, path }) => kind === 'sqlite' && isInside(build, path)))
  );
}

function serverStores(
  service: StackService,
  [, kind, title]: Server,
  all: readonly StackService[],
): readonly Store[] {
  const isCache = CACHES.includes(kind) && !Array.isArray(service.value.volumes);
  if (isCache) return [];
  const words = [...namesOf(service), ...(addressVariables(all).get(service.name) ?? [])];
  return [{ kind, name: `${title} (service ${service.name})`, ...placeOf(service), words }];
}

function placeOf({ path, at, name }: StackService) {
  return { path, at, service: name };
}

/** The image of a server that is started with something else: a job that sets it up, or that dumps another one. */
const RUNS_CLIENT =
  /\b(?:pg_dump\w*|pg_restore|pg_isready|psql|mysqldump|mongodump|mongorestore|mongosh|redis-cli|crond?|sleep)\b/;

function asText({ command, entrypoint }: StackService['value']): string {
  return JSON.stringify([command, entrypoint]) ?? '';
}

/** The database server that a service is, by its image or by where its volumes are mounted. */
function serverOf({ image, value }: StackService): Server | undefined {
  if (image === '' || NO_SERVER.test(image) || RUNS_CLIENT.test(asText(value))) return undefined;
  const targets = mountsOf(value.volumes).map(({ target }) => target);
  return (
    IMAGES.find(([pattern]) => pattern.test(image)) ??
    FOLDERS.find(([folder]) => targets.some((target) => folder.test(target)))
  );
}

/** A service, its container and its volumes: what a script says when it means its data. */
export function namesOf({ name, value }: StackService): readonly string[] {
  const container = typeof value.container_name === 'string' ? [value.container_name] : [];
  const volumes = mountsOf(value.volumes).flatMap(({ source }) => source?.replace(/^\.\//, '') ?? []);
  return [name, ...container, ...volumes].filter((word) => word !== '');
}

/** The variables by which the services of a stack are told where each host is. */
const addressVariables = oncePer((services: readonly StackService[]) => {
  const byHost = new Map<string, string[]>();
  for (const [name, value] of services.flatMap(settingsOf))
    for (const host of new Set(Array.from(value.matchAll(HOST), ([, each = '']) => each))) {
      const variables = byHost.get(host);
      if (variables) variables.push(name);
      else byHost.set(host, [name]);
    }
  return byHost;
});

/** `db` of `db`, `db:5432` and `postgres://user@db/app`. */
const HOST = /(?:^|[@/])([\w.-]+)(?=[:/?]|$)/g;

const SQLITE_FILE = /^(?:(?:file|sqlite(?:\+\w+)?):(?:\/\/)?)?(\/[\w./-]+\.(?:db|sqlite3?))(?:\?|$)/;
const SQLITE_ADDRESS = /^(?:file|sqlite(?:\+\w+)?):(?:\/\/)?(\/[\w./-]+)/;

/** `DATABASE_URL: file:/data/app.db`, where /data is a volume. */
function sqliteFileOf(service: StackService): string | undefined {
  const mounts = mountsOf(service.value.volumes).map(({ target }) => target.replace(/\/$/, ''));
  return settingsOf(service)
    .map(([, value]) => (SQLITE_FILE.exec(value) ?? SQLITE_ADDRESS.exec(value))?.[1]?.replace(/^\/+/, '/'))
    .find((path) => path !== undefined && mounts.some((mount) => path.startsWith(`${mount}/`)));
}
