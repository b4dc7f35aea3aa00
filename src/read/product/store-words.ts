import type { StoreKind } from './mechanism.ts';

/** What a store is called in a text. */
const NAMES: Readonly<Record<StoreKind, RegExp>> = {
  SQLite: /sqlite|libsql|turso/i,
  PostgreSQL: /postgres|supabase|\bneon\b/i,
  MySQL: /mysql|mariadb|planetscale/i,
  MongoDB: /mongo/i,
  Redis: /redis|valkey|upstash|cache|queue|sessions?\b|rate limit/i,
  Firestore: /firestore|firebase/i,
  DynamoDB: /dynamo/i,
  ClickHouse: /clickhouse|analytics|\bevents?\b/i,
  Elasticsearch: /elastic|opensearch|\bsearch\b|\bindex/i,
  'JSON files': /\bjson\b|\bfiles?\b/i,
};

/** The databases that hold what people entered. */
const DATABASES: readonly StoreKind[] = ['SQLite', 'PostgreSQL', 'MySQL', 'MongoDB', 'Firestore', 'DynamoDB'];

/** A database without its name, or what stands in one. */
const ANY_DATABASE = /\bdatabases?\b|\btables?\b|\baccounts?\b|\busers?\b|\borders?\b/i;

/**
 * Kinds of stores that a text passes over in silence. Words that may stand for any database do so where the text names
 * none: one that says what stands in SQLite says nothing of the PostgreSQL beside it.
 */
export function passedOver(text: string, kinds: readonly StoreKind[]): readonly StoreKind[] {
  const isGeneral = ANY_DATABASE.test(text) && !DATABASES.some((kind) => NAMES[kind].test(text));
  return kinds.filter((kind) => !NAMES[kind].test(text) && !(isGeneral && DATABASES.includes(kind)));
}
