import type { Repo, Workspace } from '../../contract.ts';
import { basename, dirname, isInside, join } from '../../repo/paths.ts';
import { codeBaseOf, findCode, type Place } from '../code/code-base.ts';
import { codeOfPackage } from '../code/code-files.ts';
import { withoutComments } from '../code/comments.ts';
import { dataStacks } from './compose-stores.ts';
import { keptFile } from './data-files.ts';
import type { Store } from './store.ts';
import { OPENS_SQLITE } from './tables.ts';

const SQLITE_PACKAGE = /"(?:better-sqlite3|sqlite3|sqlite|bun:sqlite|libsql|@libsql\/client)"\s*:/;
/** A copy of a database that stands elsewhere (`syncUrl`) is none of its own. */
const SQLITE_OPEN =
  /new (?:\w+\.)?Database(?:Sync)?\(\s*(?!['"`]:memory:)|\bopen\(\s*\{\s*filename|\bcreateClient\(\s*\{(?![\s\S]{0,300}?\bsyncUrl\b)\s*url:[^}\n]{0,120}['"`]file:/;
const SERVER_PROVIDER = /\bprovider\s*=\s*"(?:postgres(?:ql)?|mysql|sqlserver|cockroachdb|mongodb)"/;
const NOT_SHIPPED =
  /\.(test|spec|stories)\.|(^|\/)(__\w+__|tests?|testing|mocks?|e2e|scripts?|tools|migrations?|alembic|seeds?|examples?|\.?templates?|docs)\//;

/** SQLite databases and data files that the code of what is deployed opens. */
export function codeStores(repo: Repo): readonly Store[] {
  const found = deployedPackages(repo).flatMap((each) => packageStores(repo, each));
  const addresses = found.map((store) => (store.kind === 'sqlite' ? addressOf(repo, store) : undefined));
  return found.filter((_, index) => {
    const address = addresses[index];
    return address === undefined || addresses.indexOf(address) === index;
  });
}

/** The setting that says where a database is: `env.URL` opens the same one in every package. */
function addressOf(repo: Repo, { path, at }: Store): string | undefined {
  const opened = withoutComments(repo, path).slice(at, at + 200);
  return /^[^(]{1,60}\(\s*((?:process\.)?\w*env\w*(?:\.\w+)+)\s*[,)]/i.exec(opened)?.[1];
}

/**
 * The packages that a deployed Compose file builds, the apps, and the packages of this repository that they depend on;
 * all packages where nothing says from which of them an image is made.
 */
function deployedPackages(repo: Repo): readonly Workspace[] {
  const folders = builtFolders(repo);
  const all = repo.layout.packages.filter(({ dir }) => !NOT_SHIPPED.test(`${dir}/`));
  const own = dataStacks(repo).flatMap(({ services }) =>
    services.filter(({ origin }) => origin !== 'foreign'),
  );
  if (own.length === 0 || own.some(({ origin }) => origin === 'published')) return all;
  const needed = repo.layout.apps.flatMap((app) => codeBaseOf(repo, app).packages.map(({ dir }) => dir));
  const apps = repo.layout.apps.map(({ dir }) => dir);
  const wanted = [...folders, ...apps, ...needed.filter((dir) => dir !== '')];
  return all.filter(({ dir }) => wanted.includes(dir));
}

function builtFolders(repo: Repo): readonly string[] {
  return dataStacks(repo).flatMap(({ services }) => services.flatMap(({ build }) => build ?? []));
}

function packageStores(repo: Repo, { dir, path }: Workspace): readonly Store[] {
  const files = codeOfPackage(repo, dir).filter((file) => !NOT_SHIPPED.test(file.slice(dir.length)));
  const name = dir === '' ? 'the app' : basename(dir);
  const words = dir === '' ? [] : [dir, basename(dir)];
  const hasSqlite = repo.mentions(path, SQLITE_PACKAGE);
  const opening = files.filter(
    (file) => (hasSqlite || repo.mentions(file, 'node:sqlite')) && !/backup/i.test(file),
  );
  const sqlite = findCode(repo, opening, SQLITE_OPEN) ?? prismaSchema(repo, dir);
  return [
    ...(sqlite
      ? [{ kind: 'sqlite' as const, name: `the SQLite database of ${name}`, ...placeIn(sqlite), words }]
      : []),
    ...files.flatMap((file) => {
      const at = keptFile(repo, file);
      return at === undefined
        ? []
        : [{ kind: 'files' as const, name: `the data files of ${name}`, path: file, at, words }];
    }),
  ];
}

/** A package with schemas for several servers says of none that it is the one deployed. */
function prismaSchema(repo: Repo, dir: string): Pick<Place, 'path' | 'at'> | undefined {
  const schemas = repo
    .find(/schema\.prisma$/)
    .filter((file) => packageOf(repo, file) === dir && repo.mentions(file, /\bprovider\s*=\s*"\w+"/));
  const path = schemas.find((file) => repo.mentions(file, /\bprovider\s*=\s*"sqlite"/));
  const isOneOf = schemas.some((file) => repo.mentions(file, SERVER_PROVIDER));
  return path === undefined || isOneOf ? undefined : { path, at: 0 };
}

/** The innermost package that a file stands in. */
function packageOf(repo: Repo, file: string): string | undefined {
  const around = repo.layout.packages.map(({ dir }) => dir).filter((dir) => isInside(dir, file));
  return around.sort((a, b) => b.length - a.length)[0];
}

function placeIn({ path, at }: Pick<Place, 'path' | 'at'>) {
  return { path, at };
}

/** Of other languages, where an image is made of the code and nothing else tells of the database. */
export function foreignSqlite(repo: Repo, known: readonly Store[]): readonly Store[] {
  const images = [
    ...repo.find(/(^|\/)[\w.-]*Dockerfile[\w.-]*$/i).map(dirname),
    ...builtFolders(repo),
  ].filter((dir) => !NOT_SHIPPED.test(`${dir}/`));
  if (images.length === 0 || known.some(({ kind }) => kind === 'sqlite')) return [];
  for (const [file, opens] of OPENS_SQLITE) {
    const path = repo
      .find(file)
      .find(
        (each) =>
          !NOT_SHIPPED.test(each) &&
          !/backup/i.test(each) &&
          images.some((dir) => isInside(dir, each)) &&
          repo.mentions(each, opens),
      );
    if (path === undefined) continue;
    const folder = images.filter((dir) => isInside(dir, path)).sort((a, b) => b.length - a.length)[0] ?? '';
    const name = folder === '' ? 'the app' : basename(folder);
    const at = (repo.peek(path) ?? '').search(opens);
    return [
      { kind: 'sqlite', name: `the SQLite database of ${name}`, path, at, words: [join(folder), name] },
    ];
  }
  return [];
}
