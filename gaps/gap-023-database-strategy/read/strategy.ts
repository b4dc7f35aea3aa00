import type { Repo } from '../../../src/contract.ts';
import { documentAt, isFilled, isTitled, type Prose } from '../../../src/read/product/documents.ts';
import type { StoreKind } from '../../../src/read/product/persistence.ts';
import { systemDocumentsAbout } from '../../../src/read/product/system-documents.ts';
import { ABOUT, DECIDES, NAMES, PURPOSE, STRATEGY_PATH, TITLE } from '../tables.ts';

/** A document that decides where data is kept, and the kinds that it passes over. */
export interface Strategy {
  readonly path: string;
  readonly unnamed: readonly StoreKind[];
}

/** So many kinds a document about something else has to name. */
const LEAST_KINDS = 2;

/** The document at the runbook's own path; without a decision there, the one that passes the fewest kinds over. */
export function findStrategy(repo: Repo, kinds: readonly StoreKind[]): Strategy | undefined {
  const own = documentAt(repo, STRATEGY_PATH);
  if (own && decides(own.text, kinds)) return { path: own.path, unnamed: unnamedIn(own.text, kinds) };
  const strategies = systemDocumentsAbout(repo, ABOUT).flatMap(
    (document) => strategyIn(document, kinds) ?? [],
  );
  return strategies.sort((a, b) => a.unnamed.length - b.unnamed.length)[0];
}

function strategyIn(document: Prose, kinds: readonly StoreKind[]): Strategy | undefined {
  const { path, text, sections } = document;
  if (unnamedIn(text, kinds).length === 0 && sections.some(({ body }) => isAssigned(body, kinds)))
    return { path, unnamed: [] };
  const parts = isTitled(document, TITLE)
    ? [text]
    : sections.filter(({ title }) => TITLE.test(title)).map(({ body }) => body);
  const unnamed = parts
    .filter((part) => decides(part, kinds))
    .map((part) => unnamedIn(part, kinds))
    .filter((each) => kinds.length - each.length >= LEAST_KINDS)
    .sort((a, b) => a.length - b.length)[0];
  return unnamed && { path, unnamed };
}

function unnamedIn(text: string, kinds: readonly StoreKind[]): readonly StoreKind[] {
  return kinds.filter((kind) => !NAMES[kind].test(text));
}

/** Whether a paragraph decides about one of the databases that it names. */
function decides(text: string, kinds: readonly StoreKind[]): boolean {
  if (!isFilled(text)) return false;
  return text
    .split(/\n{2,}/)
    .some((part) => DECIDES.test(part) && kinds.some((kind) => NAMES[kind].test(part)));
}

/** Whether a text says of each database what it is for. */
function isAssigned(text: string, kinds: readonly StoreKind[]): boolean {
  const lines = text.split('\n').filter((line) => PURPOSE.test(line));
  return kinds.every((kind) => lines.some((line) => NAMES[kind].test(line)));
}
