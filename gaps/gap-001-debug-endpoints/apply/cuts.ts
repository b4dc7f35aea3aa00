import type { Repo, Span } from '../../../src/contract.ts';
import { openTs } from '../../../src/edit/ts-file.ts';
import { unusedImportSpans } from '../../../src/edit/ts-imports.ts';
import { cutEntries, type ListEntry, listEntryAround } from '../../../src/edit/ts-lists.ts';
import type { Caller } from '../read/caller.ts';

/** The entries of one file that go, or the calls that cannot be taken out of it and why. */
export type Cuts = { readonly spans: readonly Span[] } | { readonly stuck: readonly StuckCall[] };

/** A call that no edit can take out. */
export interface StuckCall {
  readonly caller: Caller;
  readonly why: string;
}

const NO_ENTRY = 'it is not an entry of a list, so what the code is to do without the answer is a decision';

/**
 * Takes out, of lists of like entries, the entries that call removed routes, and the imports that only they used.
 * Any other shape is a person's: what a page is to do without the answer cannot be guessed.
 * @param going the calls of routes that go, all in one file
 * @param staying the calls of other debug routes in that file
 * @throws SourceError when the file does not parse
 */
export function cutsOf(repo: Repo, path: string, going: readonly Caller[], staying: readonly Caller[]): Cuts {
  const text = repo.text(path);
  const file = openTs(path, text);
  const found = going.map((caller) => ({ caller, entry: listEntryAround(file, text, caller.at + 1) }));
  const entries = found.flatMap(({ entry }) => entry ?? []);
  const spans = cutEntries(text, entries) ?? [];
  const left = spans.length > 0 ? withoutSpans(text, spans) : text;
  const whyNot = (entry: ListEntry | undefined): string | undefined => {
    if (!entry) return NO_ENTRY;
    if (staying.some(({ at }) => holds(entry, at))) return 'its entry calls another debug route as well';
    if (isEmptied(entry, entries)) return 'without it a list would be left empty';
    const name = nameInUse(text, left, entry);
    return name === undefined ? undefined : `the rest of the file speaks of the entry as ${name}`;
  };
  const stuck = found.flatMap(({ caller, entry }): readonly StuckCall[] => {
    const why = whyNot(entry);
    return why === undefined ? [] : [{ caller, why }];
  });
  if (stuck.length > 0) return { stuck };
  return { spans: [...spans, ...unusedImportSpans(path, text, spans)] };
}

function isEmptied({ places }: ListEntry, entries: readonly ListEntry[]): boolean {
  const going = entries.filter((each) => each.places[0]?.start === places[0]?.start);
  return new Set(going.map(({ index }) => index)).size === places.length;
}

function holds({ places, index }: ListEntry, at: number): boolean {
  const place = places[index];
  return place !== undefined && place.start <= at && at < place.end;
}

/** A name by which the rest of the file looks the entry up: `useState('groq')` beside `{ id: 'groq' }`. */
function nameInUse(text: string, left: string, { places, index }: ListEntry): string | undefined {
  const properties = text.slice(places[index]?.start, places[index]?.end).match(KEY) ?? [];
  return properties
    .map((property) => /(['"`])(.*)\1/.exec(property)?.[0] ?? '')
    .find(
      (name) => name.length > 2 && QUOTES.some((quote) => left.includes(quote + name.slice(1, -1) + quote)),
    );
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  return spans.reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  );
}

const KEY = /\b(?:id|key|slug|value|name)\s*:\s*(?:"[^"\n]*"|'[^'\n]*'|`[^`\n]*`)/g;
const QUOTES = ['"', "'", '`'];
