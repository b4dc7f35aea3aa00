import { type NotApplicable, notApplicable, type Repo, type Unknown, unknown } from '../../src/contract.ts';
import { escaped } from '../../src/read/code/escaped.ts';
import { type Mechanism, persistenceOf, storeKinds } from '../../src/read/product/persistence.ts';
import { passedOver } from '../../src/read/product/store-words.ts';
import { findBarePage, findHandling, type Handling } from './read/handling.ts';
import { findPersons, type Sign } from './read/persons.ts';
import { findProcessors, type Processor } from './read/processors.ts';

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
    unnamed: document ? processors.filter((each) => !isNamed(each, document.text)) : [],
    stores,
    unspoken: isInside ? spokenOver(document, stores) : [],
  };
}

function spokenOver({ text }: Handling, stores: readonly Mechanism[]): readonly Mechanism[] {
  return passedOver(text, storeKinds(stores)).flatMap(
    (kind) => stores.find((store) => store.kind === kind) ?? [],
  );
}

/** By its name, with or without blanks, or by what else it is called. */
function isNamed({ service: { name, alias } }: Processor, text: string): boolean {
  const bare = name.replace(/^Google /, '');
  const names = [bare, ...(alias === undefined ? [] : [alias])];
  return names.some((each) => new RegExp(`\\b${each.split(' ').map(escaped).join('\\s?')}`, 'i').test(text));
}
