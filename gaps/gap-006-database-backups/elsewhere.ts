import type { Repo } from '../../src/contract.ts';
import { codeOfPackage } from '../../src/read/code/code-files.ts';
import { findDeveloperStack } from './deployed.ts';

/** Data that are kept by a service outside of the repository. */
export interface Elsewhere {
  readonly reason: string;
  readonly backsUp: boolean;
}

/** Services that keep a history on every plan, without anybody asking for it, and what code imports to use them. */
const BACKS_UP: readonly (readonly [string, string])[] = [
  ['@neondatabase/serverless', 'Neon'],
  ['@vercel/postgres', 'Neon'],
  ['@planetscale/database', 'PlanetScale'],
  ['convex', 'Convex'],
];
/** Services that back up on some plans or on request, and drivers of databases that may run anywhere. */
const MAY =
  /"(@supabase\/[\w-]+|firebase-admin|firebase|@google-cloud\/firestore|@aws-sdk\/client-dynamodb|@libsql\/client|pg|postgres|mysql2?|mongodb|mongoose|@prisma\/client|typeorm|sequelize|knex|drizzle-orm)"\s*:/g;
/** Kept by most for counts and copies: told where nothing else is declared. */
const CACHE = /"(@upstash\/redis)"\s*:/;
/** What the owner of the account has to know about it. */
const TERMS: readonly (readonly [RegExp, string])[] = [
  [/^@supabase\//, 'Supabase backs up daily on paid plans alone, and the plan is not written here'],
  [
    /^(firebase|@google-cloud\/firestore)/,
    'Firestore backs up on a schedule that somebody sets, and none is set here',
  ],
  [
    /^@aws-sdk\/client-dynamodb$/,
    'DynamoDB keeps a history where somebody turns it on, and nothing does here',
  ],
];
const AT_LARGE = 'where that database runs and whether it is backed up is not written here';
const ASIDE = /(^|\/)(e2e[\w-]*|[\w-]*tests?|examples?|fixtures|docs?|tools|scripts)\//;
const INFRASTRUCTURE = /\.tf$|(^|\/)(template|serverless|cdk)[\w.-]*\.(ya?ml|ts)$/;
const RETENTION =
  /backup_retention_period\s*=\s*[1-9]|point_in_time_recovery|BackupRetentionPeriod:\s*[1-9]|backup_configuration\s*\{[^}]*enabled\s*=\s*true/;

/** Who else keeps the data; undefined where no manifest names a database. */
export function findElsewhere(repo: Repo): Elsewhere | undefined {
  const manifests = repo.layout.packages.map(({ path }) => ({ path, text: repo.peek(path) ?? '' }));
  const known = BACKS_UP.find(([name]) => isUsed(repo, name));
  const may = declared(manifests) ?? schemaOf(repo) ?? declared(manifests, true) ?? unusedIn(manifests);
  if (!may && !known) return undefined;
  const file = repo.find(INFRASTRUCTURE).find((path) => repo.mentions(path, RETENTION));
  if (file !== undefined)
    return { reason: `${file} turns the backups of the managed database on`, backsUp: true };
  if (known) return { reason: `${known[1]} keeps a history of the database itself`, backsUp: true };
  const stack = findDeveloperStack(repo);
  const own = stack === undefined ? '' : ` (${stack} runs one for developers)`;
  const terms = TERMS.find(([pattern]) => pattern.test(may?.name ?? ''))?.[1] ?? AT_LARGE;
  return { reason: `${may?.path} declares ${may?.name}; ${terms}${own}`, backsUp: false };
}

/** A driver that is declared and imported nowhere says nothing about the database. */
function isUsed(repo: Repo, name: string): boolean {
  return repo.layout.packages.some(
    ({ dir, path }) =>
      repo.mentions(path, `"${name}"`) &&
      codeOfPackage(repo, dir).some(
        (file) => !/\.(test|spec)\./.test(file) && repo.mentions(file, new RegExp(`['"]${name}['"/]`)),
      ),
  );
}

function unusedIn(manifests: readonly Manifest[]): Declared | undefined {
  const found = manifests.flatMap(({ path, text }) =>
    BACKS_UP.filter(([name]) => text.includes(`"${name}"`)).map(([name]) => ({ path, name })),
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
    const provider = /\bdatasource\b[^}]*\bprovider\s*=\s*"(\w+)"/.exec(repo.peek(path) ?? '')?.[1];
    if (provider !== undefined && !ASIDE.test(path)) return { path, name: `a ${provider} database` };
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
