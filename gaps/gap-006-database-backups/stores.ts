import type { Repo, Workspace } from '../../src/contract.ts';
import { findCode } from '../../src/read/code/code-base.ts';
import { codeOfPackage } from '../../src/read/code/code-files.ts';
import { composeModel } from '../../src/read/deploy/compose.ts';
import { oncePer } from '../../src/repo/once.ts';
import { basename, isInside } from '../../src/repo/paths.ts';
import { asRecord } from '../../src/repo/record.ts';
import { deployedCompose } from './deployed.ts';

/** What kind of data is kept, because each kind is backed up in its own way. */
export const KINDS = [
  'sqlite',
  'postgres',
  'mysql',
  'mongo',
  'clickhouse',
  'mssql',
  'cockroach',
  'dragonfly',
  'redis',
  'files',
] as const;
export type Kind = (typeof KINDS)[number];

/** Data that would be lost with the disk they stand on. */
export interface Store {
  readonly kind: Kind;
  /** For people: "the SQLite database of uef-gateway". */
  readonly name: string;
  readonly path: string;
  readonly at: number;
  /** The Compose service that is the database; absent for what code opens. */
  readonly service?: string;
}

const IMAGES: readonly (readonly [RegExp, Kind, string])[] = [
  [/(^|[/-])(postgres(ql)?|postgis|timescaledb(-ha)?|pgvector|paradedb)(:|@|$)/, 'postgres', 'PostgreSQL'],
  [/(^|[/-])(mysql|mysql-server|percona)(:|@|$)/, 'mysql', 'MySQL'],
  [/(^|[/-])mariadb(:|@|$)/, 'mysql', 'MariaDB'],
  [/(^|[/-])(mongo|mongodb|mongodb-community-server|mongodb-atlas-local)(:|@|$)/, 'mongo', 'MongoDB'],
  [/(^|\/)clickhouse(-server)?(:|@|$)/, 'clickhouse', 'ClickHouse'],
  [/(^|\/)(redis|redis-stack(-server)?|valkey|keydb)(:|@|$)/, 'redis', 'Redis'],
  [/(^|\/)dragonfly(:|@|$)/, 'dragonfly', 'Dragonfly'],
  [/(^|\/)mssql\/server(:|@|$)/, 'mssql', 'SQL Server'],
  [/(^|\/)cockroach(:|@|$)/, 'cockroach', 'CockroachDB'],
];
/** Where a server keeps its data, whatever its image is called. */
const FOLDERS: readonly (readonly [RegExp, Kind, string])[] = [
  [/^\/(var\/lib|bitnami)\/postgresql(\/|$)/, 'postgres', 'PostgreSQL'],
  [/^\/(var\/lib|bitnami)\/mysql(\/|$)/, 'mysql', 'MySQL'],
  [/^\/bitnami\/mariadb(\/|$)/, 'mysql', 'MariaDB'],
  [/^\/bitnami\/mongodb(\/|$)/, 'mongo', 'MongoDB'],
  [/^\/var\/lib\/clickhouse(\/|$)/, 'clickhouse', 'ClickHouse'],
  [/^\/var\/opt\/mssql(\/|$)/, 'mssql', 'SQL Server'],
];
/** Tools that speak to a database of that name and are none. */
const NO_SERVER = /exporter|pgbouncer|adminer|express|commander|insight|backup|pgadmin|client/;
const SQLITE_PACKAGE = /"(?:better-sqlite3|sqlite3|sqlite|bun:sqlite|libsql)"\s*:/;
const SQLITE_OPEN = /new (?:\w+\.)?Database(?:Sync)?\(\s*(?!['"`]:memory:)|\bopen\(\s*\{\s*filename/;
const FILE_WRITE = /\bwriteFile(?:Sync)?\(/;
/** A folder's name, not the event that a stream fires. */
const DATA_FOLDER = /DATA_DIR|(?<!\bon(?:ce)?\(\s*)['"`](?:[^'"`\n]*\/)?\.?[\w-]*(?<!form-)data['"`/]/;
const NOT_SHIPPED =
  /\.(test|spec|stories)\.|(^|\/)(__\w+__|tests?|testing|mocks?|e2e|scripts?|tools|migrations?|seeds?|examples?|\.?templates?|docs)\//;

/** The stores of what is deployed: databases in Compose, SQLite and data files that code opens. */
export const findStores = oncePer((repo: Repo): readonly Store[] => {
  const packages = deployedPackages(repo);
  const stores = [...packages.flatMap((each) => codeStores(repo, each)), ...composeStores(repo)];
  return stores.filter(
    ({ kind, path, service }, index) =>
      stores.findIndex((other) => other.kind === kind && other.path === path && other.service === service) ===
      index,
  );
});

/** The packages that a deployed Compose file builds, and the apps; all packages where there is no Compose file. */
function deployedPackages(repo: Repo): readonly Workspace[] {
  const folders = deployedCompose(repo).flatMap((file) =>
    composeModel(repo, file).services.flatMap(({ build }) => build ?? []),
  );
  const isApp = (dir: string) => repo.layout.apps.some((app) => app.dir === dir);
  const all = repo.layout.packages.filter(({ dir }) => !NOT_SHIPPED.test(`${dir}/`));
  return folders.length === 0 ? all : all.filter(({ dir }) => folders.includes(dir) || isApp(dir));
}

function codeStores(repo: Repo, { dir, path }: Workspace): readonly Store[] {
  const files = codeOfPackage(repo, dir).filter((file) => !NOT_SHIPPED.test(file.slice(dir.length)));
  const name = dir === '' ? 'the app' : basename(dir);
  const found: Store[] = [];
  const hasSqlite = repo.mentions(path, SQLITE_PACKAGE);
  const sqlite = findCode(
    repo,
    files.filter((file) => (hasSqlite || repo.mentions(file, 'node:sqlite')) && !/backup/i.test(file)),
    SQLITE_OPEN,
  );
  if (sqlite) found.push({ kind: 'sqlite', name: `the SQLite database of ${name}`, ...placeOf(sqlite) });
  const prisma = repo
    .find(/schema\.prisma$/)
    .find((file) => isInside(dir, file) && repo.mentions(file, /provider\s*=\s*"sqlite"/));
  if (!sqlite && prisma)
    found.push({ kind: 'sqlite', name: `the SQLite database of ${name}`, path: prisma, at: 0 });
  for (const file of files) {
    if (!repo.mentions(file, 'writeFile') || !repo.mentions(file, DATA_FOLDER) || /backup/i.test(file))
      continue;
    const place = findCode(repo, [file], FILE_WRITE);
    if (place) found.push({ kind: 'files', name: `the data files of ${name}`, ...placeOf(place) });
  }
  return found;
}

function placeOf({ path, at }: { readonly path: string; readonly at: number }) {
  return { path, at };
}

function composeStores(repo: Repo): readonly Store[] {
  return deployedCompose(repo).flatMap((file) =>
    composeModel(repo, file).services.flatMap(({ name, at, value, build }) => {
      const known = build === undefined ? serverOf(value) : undefined;
      if (!known) return [];
      const [, kind, title] = known;
      const isCache = (kind === 'redis' || kind === 'dragonfly') && !Array.isArray(value.volumes);
      return isCache
        ? []
        : [{ kind, name: `${title} (service ${name})`, path: file.path, at, service: name }];
    }),
  );
}

/** The database server that a service is, by its image or by where its volumes are mounted. */
function serverOf(value: Readonly<Record<string, unknown>>): (typeof IMAGES)[number] | undefined {
  const written = typeof value.image === 'string' ? value.image : '';
  const image = written.replace(/\$\{\w+:?-([^}]*)\}/g, '$1');
  if (image === '' || NO_SERVER.test(image)) return undefined;
  const targets = mountsOf(value.volumes);
  return (
    IMAGES.find(([pattern]) => pattern.test(image)) ??
    FOLDERS.find(([folder]) => targets.some((target) => folder.test(target)))
  );
}

/** Named volumes and folders of the host that the service may write to; no sockets and single files. */
export function mountsOf(volumes: unknown): readonly string[] {
  return (Array.isArray(volumes) ? volumes : []).flatMap((volume: unknown) => {
    if (typeof volume === 'string') {
      const [source = '', target, mode = ''] = volume.split(':');
      const isFile = /\.\w+$|\.sock$/.test(source);
      return target === undefined || isFile || /\bro\b/.test(mode) ? [] : [target];
    }
    const { type, target, read_only: readOnly } = asRecord(volume);
    return typeof target === 'string' && type !== 'tmpfs' && readOnly !== true ? [target] : [];
  });
}
