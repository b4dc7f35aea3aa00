import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { processorsUnnamed, storesLeftOut } from '../../src/read/documents/left-out.ts';
import { type Mechanism, persistenceOf, storeKinds } from '../../src/read/product/persistence.ts';
import { findProcessors, type Processor } from '../../src/read/product/processors.ts';
import { findBarePage, findHandling, type Handling } from './read/handling.ts';
import { findPersons, type Sign } from './read/persons.ts';

/** Whose data is handled here, where it lies and goes, and what is written down about that. */
export interface PersonalData {
  readonly persons: Sign;
  readonly document: Handling | undefined;
  readonly processors: readonly Processor[];
  /** Those that the document does not name. */
  readonly unnamed: readonly Processor[];
  readonly stores: readonly Mechanism[];
  /** The first store of each kind that the document says nothing of. */
  readonly unspoken: readonly Mechanism[];
}

/** Reads the signs of personal data, and the document. */
export function read(repo: Repo): PersonalData | NotApplicable | Unknown {
  const persons = findPersons(repo);
  if (!persons) return notApplicable('nobody signs in here, and no table holds people');
  const document = findHandling(repo);
  const bare = document ? undefined : findBarePage(repo);
  if (bare !== undefined) return unknown(`what ${bare} says stands somewhere else`);
  const processors = findProcessors(repo);
  const stores = persistenceOf(repo).filter(({ orphan }) => !orphan);
  const isInside = document && !document.isPublic;
  return {
    persons,
    document,
    processors,
    unnamed: document ? processorsUnnamed(document.text, processors) : [],
    stores,
    unspoken: isInside ? spokenOver(document, stores) : [],
  };
}

function spokenOver({ text }: Handling, stores: readonly Mechanism[]): readonly Mechanism[] {
  return storesLeftOut(text, storeKinds(stores)).flatMap(
    (kind) => stores.find((store) => store.kind === kind) ?? [],
  );
}
