import type { Subject } from '../../src/read/documents/passages.ts';
import type { Mechanism, StoreKind } from '../../src/read/product/persistence.ts';

/** Where the runbook asks for the strategy, and the words of every document about where data is kept. */
export const SUBJECT: Subject = {
  path: 'docs/adr/database-strategy.md',
  about: /\b(?:database|persistence|storage|data layer|data store)\b/i,
};

/**
 * Kinds that hold what must not be lost. A cache, a queue or an index beside them is no second database; ClickHouse is
 * one: what is written into it stands nowhere else.
 */
export const OF_RECORD: Readonly<Record<StoreKind, boolean>> = {
  SQLite: true,
  PostgreSQL: true,
  MySQL: true,
  MongoDB: true,
  Redis: false,
  Firestore: true,
  DynamoDB: true,
  ClickHouse: true,
  Elasticsearch: false,
  'JSON files': true,
};

/** How a store is told to be here, for people. */
export const HOW: Readonly<Record<Mechanism['how'], string>> = {
  service: 'a service of the stack',
  client: 'a client in the code',
  schema: 'a schema',
  files: 'files that the server writes',
};

/** Titles of documents and sections about it. */
export const TITLE =
  /\b(?:databases?|persistence|data (?:storage|stores?|layer|strategy)|storage strategy|(?:turso|postgres\w*|sqlite|mongodb|mysql) for\b)/i;

/** A decision, not a description: what is used for what, or what gives way to what. */
export const DECIDES =
  /\b(?:decid|decision|we (?:use|keep|choose|chose|store|put|move|will (?:use|keep|choose|store|put|move|migrate|replace|drop))\b|strategy|consolidat|single source|migrat\w+ (?:away |over )?(?:from|off)\b|because|trade-?off|instead of|rather than)/i;

/** What a database is for, said beside its name, as in the key of a diagram. */
export const PURPOSE =
  /\b(?:OLTP|OLAP|transactional|relational data|analytic(?:s|al)|observability|time[- ]series|source of truth|system of record)\b|\b(?:stores|holds|keeps)\b.{3,}/i;
