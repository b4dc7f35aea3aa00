import type { Repo } from '../../src/contract.ts';

/** Data that are kept by a service outside of the repository. */
export interface Elsewhere {
  readonly reason: string;
  readonly backsUp: boolean;
}

/** Services that keep a history on every plan, without anybody asking for it. */
const BACKS_UP: readonly (readonly [RegExp, string])[] = [
  [/"@neondatabase\/serverless"|"@vercel\/postgres"/, 'Neon'],
  [/"@planetscale\/database"/, 'PlanetScale'],
  [/"convex"/, 'Convex'],
];
/** Services that back up on some plans or on request, and drivers of databases that may run anywhere. */
const MAY =
  /"(@supabase\/[\w-]+|firebase-admin|firebase|@google-cloud\/firestore|@aws-sdk\/client-dynamodb|@upstash\/redis|@libsql\/client|pg|postgres|mysql2?|mongodb|mongoose|@prisma\/client|typeorm|sequelize|knex)"\s*:/;
const INFRASTRUCTURE = /\.tf$|(^|\/)(template|serverless|cdk)[\w.-]*\.(ya?ml|ts)$/;
const RETENTION =
  /backup_retention_period\s*=\s*[1-9]|point_in_time_recovery|BackupRetentionPeriod:\s*[1-9]|backup_configuration\s*\{[^}]*enabled\s*=\s*true/;

/** Who else keeps the data; undefined where no manifest names a database. */
export function findElsewhere(repo: Repo): Elsewhere | undefined {
  const manifests = repo.layout.packages.map(({ path }) => ({ path, text: repo.peek(path) ?? '' }));
  const may = manifests.flatMap(({ path, text }) => {
    const name = MAY.exec(text)?.[1];
    return name === undefined ? [] : [{ path, name }];
  })[0];
  const known = BACKS_UP.find(([pattern]) => manifests.some(({ text }) => pattern.test(text)));
  if (!may && !known) return undefined;
  const file = repo.find(INFRASTRUCTURE).find((path) => repo.mentions(path, RETENTION));
  if (file !== undefined)
    return { reason: `${file} turns the backups of the managed database on`, backsUp: true };
  if (known && !may) return { reason: `${known[1]} keeps a history of the database itself`, backsUp: true };
  if (known) return { reason: `${known[1]} keeps a history of the database itself`, backsUp: true };
  return {
    reason: `${may?.path} declares ${may?.name}; where that database runs and whether it is backed up is not written here`,
    backsUp: false,
  };
}
