import type { Repo } from '../../contract.ts';
import { oncePer } from '../../repo/once.ts';
import type { Kind } from './tables.ts';

/** A database that the infrastructure code of the repository makes at a provider. */
export interface CloudDatabase {
  readonly path: string;
  readonly at: number;
  readonly kind: Kind;
  /** For people: `aws_db_instance.main`. */
  readonly name: string;
  /** `on`: it is turned on, or the provider always makes some. `unknown`: the plan says, which is not here. */
  readonly backup: 'on' | 'none' | 'unknown';
  readonly reason: string;
}

/** Makes no backups unless it is told to. */
const ASKS: readonly (readonly [RegExp, RegExp])[] = [
  [/^aws_db_instance$/, /backup_retention_period\s*=\s*(?!0\b)\S/],
  [/^google_sql_database_instance$/, /backup_configuration\s*\{[^}]{0,2000}\benabled\s*=\s*(?!false\b)\S/],
  [/^aws_dynamodb_table$/, /point_in_time_recovery\s*\{[^}]{0,2000}\benabled\s*=\s*(?!false\b)\S/],
  [/^google_firestore_database$/, /point_in_time_recovery_enablement\s*=\s*"[\w]*ENABLED"/],
];
/** Always keeps a history of some days. */
const KEEPS =
  /^(?:aws_rds_cluster|azurerm_(?:postgresql|mysql|mssql|cosmosdb)\w*(?:server|database|account)|digitalocean_database_cluster|neon_project|planetscale_database)$/;
/** Says it in the plan of the account. */
const PLAN =
  /^(?:supabase_project|mongodbatlas_(?:advanced_)?cluster|aiven_\w+|render_postgres|railway_\w+|turso_\w+)$/;
/** Backs up what is named elsewhere. */
const PLANS = /resource\s+"(?:aws_backup_selection|google_firestore_backup_schedule|google_gke_backup\w*)"/;
const RETENTION =
  /BackupRetentionPeriod:\s*[1-9]|PointInTimeRecoveryEnabled:\s*true|\bbackupRetention\s*:|pointInTimeRecovery\s*:\s*true/;
const MATERIAL = /(^|\/)(node_modules|\.terraform|examples?|tests?|fixtures)\//;

/** The databases that Terraform, CloudFormation or CDK make, with what is said of their backups. */
export const cloudDatabasesOf = oncePer((repo: Repo): readonly CloudDatabase[] => [
  ...terraform(repo),
  ...repo
    .find(/(^|\/)(template|serverless|cdk)[\w.-]*\.(ya?ml|ts)$/)
    .filter((path) => !MATERIAL.test(path) && repo.mentions(path, RETENTION))
    .map((path): CloudDatabase => ({ path, at: 0, kind: 'postgres', name: path, ...turnedOn(path) })),
]);

function turnedOn(path: string) {
  return { backup: 'on', reason: `${path} turns the backups of the managed database on` } as const;
}

function terraform(repo: Repo): readonly CloudDatabase[] {
  const files = repo.find(/\.tf$/).filter((path) => !MATERIAL.test(path));
  const isPlanned = files.some((path) => repo.mentions(path, PLANS));
  return files.flatMap((path) => {
    const text = (repo.peek(path) ?? '').replace(/^[ \t]*(?:#|\/\/).*$/gm, (line) => ' '.repeat(line.length));
    return [...text.matchAll(/^[ \t]*resource\s+"(\w+)"\s+"([\w-]+)"\s*\{/gm)].flatMap((match) => {
      const [, type = '', name = ''] = match;
      const backup = backupOf(type, blockFrom(text, match.index), isPlanned);
      if (backup === undefined) return [];
      const reason = reasonFor(backup, `${type}.${name}`, path);
      return [{ path, at: match.index, kind: kindOf(type), name: `${type}.${name}`, backup, reason }];
    });
  });
}

function backupOf(type: string, block: string, isPlanned: boolean): CloudDatabase['backup'] | undefined {
  const asks = ASKS.find(([pattern]) => pattern.test(type));
  if (asks) return isPlanned || asks[1].test(block) ? 'on' : 'none';
  if (KEEPS.test(type)) return /backup_retention_period\s*=\s*0\b/.test(block) ? 'none' : 'on';
  return PLAN.test(type) ? 'unknown' : undefined;
}

function reasonFor(backup: CloudDatabase['backup'], name: string, path: string): string {
  if (backup === 'unknown')
    return `${path} makes ${name}; whether it is backed up depends on the plan of its account`;
  const isKept = KEEPS.test(name.split('.')[0] ?? '');
  return isKept ? `${path} makes ${name}, which its provider backs up by itself` : turnedOn(path).reason;
}

function blockFrom(text: string, at: number): string {
  const end = text.indexOf('\n}', at);
  return text.slice(at, end === -1 ? text.length : end);
}

function kindOf(type: string): Kind {
  if (/mysql/.test(type)) return 'mysql';
  if (/mssql/.test(type)) return 'mssql';
  return /mongo/.test(type) ? 'mongo' : 'postgres';
}
