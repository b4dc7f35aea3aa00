import { type NotApplicable, notApplicable, type Repo } from '../../src/contract.ts';
import { isCollection } from '../../src/read/deploy/collection.ts';
import {
  type Mechanism,
  persistenceOf,
  type StoreKind,
  storeKinds,
} from '../../src/read/product/persistence.ts';
import { findStrategy, type Strategy } from './read/strategy.ts';
import { OF_RECORD } from './tables.ts';

/** The databases that keep the records of a system, and the document that decides about them. */
export interface Databases {
  /** Orphans included: somebody has to decide about them, too. */
  readonly stores: readonly Mechanism[];
  readonly kinds: readonly StoreKind[];
  /** Undefined where one kind needs none, or where there is none. */
  readonly strategy: Strategy | undefined;
}

/** Reads what keeps records, and what is decided about it. */
export function readDatabases(repo: Repo): Databases | NotApplicable {
  if (isCollection(repo)) return notApplicable('a collection of stacks, each by itself');
  const stores = persistenceOf(repo).filter(({ kind }) => OF_RECORD[kind]);
  if (stores.length === 0) return notApplicable('nothing here keeps records');
  const kinds = storeKinds(stores);
  return { stores, kinds, strategy: kinds.length > 1 ? findStrategy(repo, kinds) : undefined };
}

/** The first place of each of these kinds. */
export function firstPlaces({ stores }: Databases, kinds: readonly StoreKind[]): readonly Mechanism[] {
  return kinds.flatMap((kind) => stores.find((store) => store.kind === kind) ?? []);
}
