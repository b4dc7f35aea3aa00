import type { Repo } from '../../contract.ts';
import { escaped } from '../../repo/escaped.ts';
import { basename, dirname } from '../../repo/paths.ts';
import { codeOfPackage } from '../code/code-files.ts';
import { cloudDatabasesOf } from './cloud-databases.ts';
import { developerStack } from './compose-stores.ts';
import { DRIVERS, KEEPS_HISTORY, TERMS } from './tables.ts';

/** Data that are kept by a service outside of the repository. */
export interface ManagedDatabase {
  readonly reason: string;
  readonly backsUp: boolean;
}

/** Services that back up on some plans or on request, and drivers of databases that may run anywhere. */
const MAY =
  /"(@supabase\/[\w-]+|firebase-admin|firebase|@google-cloud\/firestore|@aws-sdk\/client-dynamodb|@libsql\/client|pg|postgres|mysql2?|mongodb|mongoose|@prisma\/client|typeorm|sequelize|knex|drizzle-orm)"\s*:/g;
/** Kept by most for counts and copies: told where nothing else is declared. */
const CACHE = /"(@upstash\/redis)"\s*:/;
const AT_LARGE = 'where that database runs and whether it is backed up is not written here';
const ASIDE = /(^|\/)(e2e[\w-]*|[\w-]*tests?|examples?|fixtures|docs?|tools|scripts|\.?templates?)\//;
/** What stands in the folders of a service beside the code that uses it. */
const SETTINGS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/(^|\/)supabase\/config\.toml$/, /./, 'a Supabase project'],
  [/(^|\/)firebase\.json$/, /"(?:firestore|database)"\s*:/, 'a Firestore database'],
  [/(^|\/)firestore\.rules$/, /./, 'a Firestore database'],
  [
    /(^|\/)[\w.-]*env[\w.-]*\.(example|sample|template|dist)$/,
    /^[ \t]*(?:export[ \t]+)?(?:DATABASE_URL|POSTGRES_(?:URL|HOST)|PG_?HOST|MYSQL_(?:URL|HOST)|MONGO(?:DB)?_UR[IL]|DB_HOST)[ \t]*=/m,
    'the address of a database',
  ],
];

/** Who else keeps the data; undefined where nothing declares a database. */
export function managedDatabase(repo: Repo): ManagedDatabase | undefined {
  const inCloud = cloudDatabasesOf(repo).find(({ backup }) => backup !== 'none');
  if (inCloud) return { reason: inCloud.reason, backsUp: inCloud.backup === 'on' };
  const manifests = repo.layout.packages.map(({ path }) => ({ path, text: repo.peek(path) ?? '' }));
  const known = KEEPS_HISTORY.find(([name]) => isUsed(repo, name));
  if (known) return { reason: `${known[1]} keeps a history of the database itself`, backsUp: true };
  const may =
    declared(manifests) ??
    schemaOf(repo) ??
    driverOf(repo) ??
    settingsIn(repo) ??
    declared(manifests, true) ??
    unusedIn(manifests);
  if (!may) return undefined;
  const stack = developerStack(repo);
  const own = stack === undefined ? '' : ` (${stack} runs one for developers)`;
  const terms = TERMS.find(([pattern]) => pattern.test(may.name))?.[1] ?? AT_LARGE;
  return { reason: `${may.path} declares ${may.name}; ${terms}${own}`, backsUp: false };
}

/** A driver that is declared and imported nowhere says nothing about the database. */
function isUsed(repo: Repo, name: string): boolean {
  return repo.layout.packages.some(
    ({ dir, path }) =>
      repo.mentions(path, `"${name}"`) &&
      codeOfPackage(repo, dir).some(
        (file) =>
          !/\.(test|spec)\./.test(file) && repo.mentions(file, new RegExp(`['"]${escaped(name)}['"/]`)),
      ),
  );
}

function unusedIn(manifests: readonly Manifest[]): Declared | undefined {
  const found = manifests.flatMap(({ path, text }) =>
    KEEPS_HISTORY.filter(([name]) => text.includes(`"${name}"`)).map(([name]) => ({ path, name })),
  );
  return found[0];
}

interface Manifest {
  readonly path: string;
  readonly text: string;
}

interface Declared {
  readonly path: string;
  readonly name: string;
}

/** A schema of Prisma, for frameworks that bring the client themselves. */
function schemaOf(repo: Repo): Declared | undefined {
  for (const path of repo.find(/\.prisma$/)) {
    const provider = /\bdatasource\b[^}]{0,2000}\bprovider\s*=\s*"(\w+)"/.exec(repo.peek(path) ?? '')?.[1];
    if (provider !== undefined && !ASIDE.test(path)) return { path, name: `a ${provider} database` };
  }
  return undefined;
}

function settingsIn(repo: Repo): Declared | undefined {
  for (const [file, content, name] of SETTINGS) {
    const path = repo.find(file).find((each) => !ASIDE.test(each) && repo.mentions(each, content));
    if (path !== undefined) return { path, name };
  }
  return undefined;
}

/** A driver in a manifest of another language, of a back end that is no example. */
function driverOf(repo: Repo): Declared | undefined {
  for (const [file, driver] of DRIVERS)
    for (const path of repo.find(file)) {
      if (ASIDE.test(`${dirname(path)}/`) || /test|dev|lint|docs/i.test(basename(path))) continue;
      const text = (repo.peek(path) ?? '').replace(/^[ \t]*(?:#|\/\/).*$/gm, '');
      const name = driver.exec(text)?.[1];
      if (name !== undefined) return { path, name };
    }
  return undefined;
}

/** The declaration that says most: a service before a driver that may speak to anything, packages that ship first. */
function declared(manifests: readonly Manifest[], withAside = false): Declared | undefined {
  const from = manifests.flatMap(({ path, text }) =>
    withAside || !ASIDE.test(path) ? [...text.matchAll(MAY)].map(([, name = '']) => ({ path, name })) : [],
  );
  const service = from.find(({ name }) => TERMS.some(([pattern]) => pattern.test(name)));
  const cache = manifests.find(({ text }) => CACHE.test(text));
  return service ?? from[0] ?? (cache && { path: cache.path, name: CACHE.exec(cache.text)?.[1] ?? '' });
}
