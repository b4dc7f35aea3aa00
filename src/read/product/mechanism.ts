/** A technology that keeps data, as people name it. */
export type StoreKind =
  | 'SQLite'
  | 'PostgreSQL'
  | 'MySQL'
  | 'MongoDB'
  | 'Redis'
  | 'Firestore'
  | 'DynamoDB'
  | 'ClickHouse'
  | 'Elasticsearch'
  | 'JSON files';

/** One place in which data is kept, or declared to be. */
export interface Mechanism {
  readonly kind: StoreKind;
  readonly path: string;
  readonly at: number;
  /** `schema`: declared by a schema or by migrations; a schema that nothing uses is an orphan. */
  readonly how: 'service' | 'client' | 'schema' | 'files';
  readonly orphan: boolean;
}
