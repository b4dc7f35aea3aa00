import type { Repo } from '../../../src/contract.ts';
import { namesStore, storesUnnamed } from '../../../src/read/documents/left-out.ts';
import { documentsOn, passagesOn } from '../../../src/read/documents/passages.ts';
import { isFilled, type Prose } from '../../../src/read/documents/prose.ts';
import type { StoreKind } from '../../../src/read/product/persistence.ts';
import { DECIDES, PURPOSE, SUBJECT, TITLE } from '../tables.ts';

/** A document that decides where data is kept, and the kinds that it passes over. */
export interface Strategy {
  readonly path: string;
  readonly unnamed: readonly StoreKind[];
}

/** So many kinds a document about something else has to name. */
const LEAST_KINDS = 2;

/** The document at the runbook's own path; without a decision there, the one that passes the fewest kinds over. */
export function findStrategy(repo: Repo, kinds: readonly StoreKind[]): Strategy | undefined {
  const deciding = passagesOn(repo, SUBJECT, { whole: TITLE, section: TITLE })
    .filter(({ text }) => decides(text, kinds))
    .map(({ path, text, isOwn }) => ({ path, isOwn, unnamed: storesUnnamed(text, kinds) }));
  const own = deciding.find(({ isOwn }) => isOwn);
  if (own) return own;
  const assigning = documentsOn(repo, SUBJECT)
    .filter((document) => assigns(document, kinds))
    .map(({ path }) => ({ path, unnamed: [] }));
  return [...assigning, ...deciding]
    .filter(({ unnamed }) => kinds.length - unnamed.length >= LEAST_KINDS)
    .sort((a, b) => a.unnamed.length - b.unnamed.length)[0];
}

/** Whether a document about something else says of each database what it is for, as the key of a diagram does. */
function assigns({ text, sections }: Prose, kinds: readonly StoreKind[]): boolean {
  return storesUnnamed(text, kinds).length === 0 && sections.some(({ body }) => isAssigned(body, kinds));
}

/** Whether a paragraph decides about one of the databases that it names. */
function decides(text: string, kinds: readonly StoreKind[]): boolean {
  if (!isFilled(text)) return false;
  return text
    .split(/\n{2,}/)
    .some((part) => DECIDES.test(part) && kinds.some((kind) => namesStore(part, kind)));
}

/** Whether a text says of each database what it is for. */
function isAssigned(text: string, kinds: readonly StoreKind[]): boolean {
  const lines = text.split('\n').filter((line) => PURPOSE.test(line));
  return kinds.every((kind) => lines.some((line) => namesStore(line, kind)));
}
