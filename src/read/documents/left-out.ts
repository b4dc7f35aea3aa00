import { escaped } from '../../repo/escaped.ts';
import type { StoreKind } from '../product/mechanism.ts';
import type { Processor } from '../product/processors.ts';

/** What a text calls each kind of store. */
const NAMES: Readonly<Record<StoreKind, RegExp>> = {
  SQLite: /sqlite|libsql|turso/i,
  PostgreSQL: /postgres|\bpg\b|\bneon\b|supabase/i,
  MySQL: /mysql|mariadb|planetscale/i,
  MongoDB: /mongo/i,
  Redis: /redis|valkey|upstash/i,
  Firestore: /firestore|firebase/i,
  DynamoDB: /dynamo/i,
  ClickHouse: /clickhouse/i,
  Elasticsearch: /elastic|opensearch/i,
  'JSON files': /\bjson\b|file[- ](?:based|storage|store)|flat files/i,
};

/** What stands in a store, where a text says that instead of the store's name. */
const CONTENTS: Partial<Readonly<Record<StoreKind, RegExp>>> = {
  Redis: /cache|queue|sessions?\b|rate limit/i,
  ClickHouse: /analytics|\bevents?\b/i,
  Elasticsearch: /\bsearch\b|\bindex/i,
  'JSON files': /\bfiles?\b/i,
};

/** The databases that hold what people entered. */
const DATABASES: readonly StoreKind[] = ['SQLite', 'PostgreSQL', 'MySQL', 'MongoDB', 'Firestore', 'DynamoDB'];

/** A database without its name, or what stands in one. */
const ANY_DATABASE = /\bdatabases?\b|\btables?\b|\baccounts?\b|\busers?\b|\borders?\b/i;

/** Whether a text calls a store by a name. */
export function namesStore(text: string, kind: StoreKind): boolean {
  return NAMES[kind].test(text);
}

/** Kinds of stores that a text does not name. */
export function storesUnnamed(text: string, kinds: readonly StoreKind[]): readonly StoreKind[] {
  return kinds.filter((kind) => !namesStore(text, kind));
}

/**
 * Kinds of stores that a text passes over in silence: it names neither them nor what stands in them. Words that may
 * stand for any database do so where the text names none: one that says what stands in SQLite says nothing of the
 * PostgreSQL beside it.
 */
export function storesLeftOut(text: string, kinds: readonly StoreKind[]): readonly StoreKind[] {
  const isGeneral = ANY_DATABASE.test(text) && storesUnnamed(text, DATABASES).length === DATABASES.length;
  return storesUnnamed(text, kinds).filter(
    (kind) => !CONTENTS[kind]?.test(text) && !(isGeneral && DATABASES.includes(kind)),
  );
}

/** Services outside that a text does not name: with or without blanks, or by what else they are called. */
export function processorsUnnamed(text: string, processors: readonly Processor[]): readonly Processor[] {
  return processors.filter(({ service: { name, alias } }) =>
    [name.replace(/^Google /, ''), ...(alias === undefined ? [] : [alias])].every(
      (each) => !new RegExp(`\\b${escaped(each).replace(/ /g, '\\s?')}`, 'i').test(text),
    ),
  );
}
