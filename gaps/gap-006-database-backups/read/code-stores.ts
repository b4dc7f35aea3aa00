import type { Repo, Workspace } from '../../../src/contract.ts';
import { codeBaseOf, findCode, type Place } from '../../../src/read/code/code-base.ts';
import { codeOfPackage } from '../../../src/read/code/code-files.ts';
import { basename, dirname, isInside, join } from '../../../src/repo/paths.ts';
import { OPENS_SQLITE } from '../tables.ts';
import { dataStacks } from './compose-stores.ts';
import type { Store } from './store.ts';

const SQLITE_PACKAGE = /"(?:better-sqlite3|sqlite3|sqlite|bun:sqlite|libsql|@libsql\/client)"\s*:/;
/** A copy of a database that stands elsewhere (`syncUrl`) is none of its own. */
const SQLITE_OPEN =
  /new (?:\w+\.)?Database(?:Sync)?\(\s*(?!['"`]:memory:)|\bopen\(\s*\{\s*filename|\bcreateClient\(\s*\{(?![\s\S]{0,300}?\bsyncUrl\b)\s*url:[^}\n]{0,120}['"`]file:/;
const FILE_WRITE = /\bwriteFile(?:Sync)?\(/;
/** A folder's name, not the event that a stream fires. */
const DATA_FOLDER = /DATA_DIR|(?<!\bon(?:ce)?\(\s*)['"`](?:[^'"`\n]*\/)?\.?[\w-]*(?<!form-)data['"`/]/;
const NOT_SHIPPED =
  /\.(test|spec|stories)\.|(^|\/)(__\w+__|tests?|testing|mocks?|e2e|scripts?|tools|migrations?|seeds?|examples?|\.?templates?|docs)\//;

/** SQLite databases and data files that the code of what is deployed opens. */
export function codeStores(repo: Repo): readonly Store[] {
  return deployedPackages(repo).flatMap((each) => packageStores(repo, each));
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
    ...files.flatMap((file) => dataFiles(repo, file, name, words)),
  ];
}

function prismaSchema(repo: Repo, dir: string): Pick<Place, 'path' | 'at'> | undefined {
  const path = repo
    .find(/schema\.prisma$/)
    .find((file) => packageOf(repo, file) === dir && repo.mentions(file, /provider\s*=\s*"sqlite"/));
  return path === undefined ? undefined : { path, at: 0 };
}

/** The innermost package that a file stands in. */
function packageOf(repo: Repo, file: string): string | undefined {
  const around = repo.layout.packages.map(({ dir }) => dir).filter((dir) => isInside(dir, file));
  return around.sort((a, b) => b.length - a.length)[0];
}

function dataFiles(repo: Repo, file: string, name: string, words: readonly string[]): readonly Store[] {
  if (!repo.mentions(file, 'writeFile') || !repo.mentions(file, DATA_FOLDER) || /backup/i.test(file))
    return [];
  const place = findCode(repo, [file], FILE_WRITE);
  return place ? [{ kind: 'files', name: `the data files of ${name}`, ...placeIn(place), words }] : [];
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
