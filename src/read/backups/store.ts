import type { Kind } from './tables.ts';

/** Data that would be lost with the disk they stand on. */
export interface Store {
  readonly kind: Kind;
  /** For people: "the SQLite database of uef-gateway". */
  readonly name: string;
  readonly path: string;
  readonly at: number;
  /** The service that is the database, or that has it in a volume; absent for what code opens. */
  readonly service?: string;
  /** Words by which a backup may name it: its service, container, volume, folder, the variables with its address. */
  readonly words: readonly string[];
  /** Made at a provider by infrastructure code, which turns backups on. */
  readonly isAtProvider?: true;
}
