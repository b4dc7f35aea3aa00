import type { Repo } from '../../src/contract.ts';
import { documentsAbout, isFilled, isTitled } from '../../src/read/product/documents.ts';
import {
  type Mechanism,
  persistenceOf,
  type StoreKind,
  storeKinds,
} from '../../src/read/product/persistence.ts';

/**
 * Kinds that hold what must not be lost. A cache, a queue or an index beside them is no second database; ClickHouse is
 * one: what is written into it stands nowhere else.
 */
const OF_RECORD: ReadonlySet<StoreKind> = new Set([
  'SQLite',
  'PostgreSQL',
  'MySQL',
  'MongoDB',
  'Firestore',
  'DynamoDB',
  'ClickHouse',
  'JSON files',
]);

const NAMES: Readonly<Record<StoreKind, RegExp>> = {
  SQLite: /sqlite|libsql|turso/i,
  PostgreSQL: /postgres|\bpg\b|neon\b|supabase/i,
  MySQL: /mysql|mariadb|planetscale/i,
  MongoDB: /mongo/i,
  Redis: /redis|valkey|upstash/i,
  Firestore: /firestore|firebase/i,
  DynamoDB: /dynamo/i,
  ClickHouse: /clickhouse/i,
  Elasticsearch: /elastic|opensearch/i,
  'JSON files': /\bjson\b|file[- ](?:based|storage|store)|flat files/i,
};

const ABOUT = /\b(?:database|persistence|storage|data layer|data store)\b/i;
const TITLE =
  /\b(?:databases?|persistence|data (?:storage|stores?|layer|strategy)|storage strategy|(?:turso|postgres\w*|sqlite|mongodb|mysql) for\b)/i;
/** A decision, not a description: what is used for what, or what gives way to what. */
const DECIDES =
  /\b(?:decid|decision|we (?:use|keep|choose|chose|will)|strategy|consolidat|single source|migrat\w+ (?:away |over )?(?:from|off)\b|because|trade-?off|instead of|rather than)/i;

/** What a database is for, said beside its name, as in the key of a diagram. */
const PURPOSE =
  /\b(?:OLTP|OLAP|transactional|relational data|analytic(?:s|al)|observability|time[- ]series|source of truth|system of record)\b|\b(?:stores|holds|keeps)\b.{3,}/i;

/** The databases of record of the repository, orphans included: somebody has to decide about them too. */
export function recordsOf(repo: Repo): readonly Mechanism[] {
  return persistenceOf(repo).filter(({ kind }) => OF_RECORD.has(kind));
}

export interface Strategy {
  readonly path: string;
  readonly unnamed: readonly StoreKind[];
}

/** The document about databases that names most of the kinds; undefined where none names two of them. */
export function findStrategy(repo: Repo, mechanisms: readonly Mechanism[]): Strategy | undefined {
  const kinds = storeKinds(mechanisms);
  const isBroad = (unnamed: readonly StoreKind[]) => kinds.length - unnamed.length >= 2;
  const documents = documentsAbout(repo, ABOUT);
  const candidates = documents.flatMap((document) => {
    const texts = isTitled(document, TITLE)
      ? [document.text]
      : document.sections.filter(({ title }) => TITLE.test(title)).map(({ body }) => body);
    return texts
      .map((text) => ({ text, unnamed: kinds.filter((kind) => !NAMES[kind].test(text)) }))
      .filter(({ text, unnamed }) => isBroad(unnamed) && DECIDES.test(text) && isFilled(text))
      .map(({ unnamed }) => ({ path: document.path, unnamed }));
  });
  const assigned = documents
    .filter(({ text }) => kinds.every((kind) => NAMES[kind].test(text)))
    .filter(({ sections }) => sections.some(({ body }) => isAssigned(body, kinds)))
    .map(({ path }) => ({ path, unnamed: [] }));
  return [...assigned, ...candidates].sort((a, b) => a.unnamed.length - b.unnamed.length)[0];
}

/** Whether a text says of each database what it is for. */
function isAssigned(text: string, kinds: readonly StoreKind[]): boolean {
  const lines = text.split('\n').filter((line) => PURPOSE.test(line));
  return kinds.every((kind) => lines.some((line) => NAMES[kind].test(line)));
}
