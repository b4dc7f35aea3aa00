import type { Repo } from '../../../src/contract.ts';
import { isAboutData, isInForce } from '../../../src/read/product/document-purpose.ts';
import {
  documentAt,
  documentsAbout,
  isFilled,
  isTitled,
  outsideCode,
  type Prose,
} from '../../../src/read/product/documents.ts';
import { privacyPages } from '../../../src/read/product/privacy-pages.ts';
import { ABOUT, HELD, PUBLIC, RIGHTS, SECTION, TITLE } from '../tables.ts';

/** Where the runbook wants the document. */
export const OWN_PATH = 'docs/pii-handling.md';

/** What says how the data of people is handled. */
export interface Handling {
  readonly path: string;
  readonly at: number;
  readonly text: string;
  readonly isForm: boolean;
  /** A person can have it deleted or handed out, and it says how. */
  readonly hasRights: boolean;
  /** For those whose data it is: it names what is held, not where. */
  readonly isPublic: boolean;
}

const LEAST = 200;

/** The document at the runbook's own path, else the fullest one, or the privacy page of the site. */
export function findHandling(repo: Repo): Handling | undefined {
  const own = documentAt(repo, OWN_PATH);
  const written = documentsAbout(repo, ABOUT).filter((each) => each.path !== OWN_PATH && isInForce(each));
  const pages = privacyPages(repo)
    .filter(({ isBare }) => !isBare)
    .map(({ path, source }) => handlingOf(path, 0, source, true));
  const found = [...written.flatMap(handlingsIn), ...pages].filter(
    ({ text, isForm }) => text.length >= LEAST && (HELD.test(text) || isForm),
  );
  return [...(own ? [handlingOf(OWN_PATH, 0, outsideCode(own.text), false)] : []), ...found].sort(byRank)[0];
}

/** A privacy page whose words cannot be read here. */
export function findBarePage(repo: Repo): string | undefined {
  return privacyPages(repo).find(({ isBare }) => isBare)?.path;
}

function handlingsIn(document: Prose): readonly Handling[] {
  const { path, text, sections } = document;
  if (isTitled(document, TITLE)) return [handlingOf(path, 0, outsideCode(text), isTitled(document, PUBLIC))];
  if (!isAboutData(document)) return [];
  return (
    sections
      .filter(({ title, level }) => level < 4 && SECTION.test(title))
      .map(({ at, body, title }) => handlingOf(path, at, outsideCode(body), PUBLIC.test(title)))
      // A section that leaves out what people may ask for is about something else: a setting, a remark.
      .filter(({ hasRights }) => hasRights)
  );
}

function handlingOf(path: string, at: number, text: string, isPublic: boolean): Handling {
  return {
    path,
    at,
    text,
    isPublic,
    isForm: !isFilled(text) || /\blorem ipsum\b/i.test(text),
    hasRights: RIGHTS.test(text),
  };
}

function byRank(a: Handling, b: Handling): number {
  const isOwn = ({ path, isForm }: Handling) => Number(path === OWN_PATH && !isForm);
  return isOwn(b) - isOwn(a) || Number(a.isForm) - Number(b.isForm) || b.text.length - a.text.length;
}
