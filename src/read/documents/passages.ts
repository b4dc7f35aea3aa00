import type { Repo } from '../../repo/repo.ts';
import { kindOf } from './kind.ts';
import { documentAt, documentsAbout, isTitled, type Prose } from './prose.ts';

/** What a gap wants written down. */
export interface Subject {
  /** Where the runbook asks for it: what stands there is about it, and is looked at before everything else. */
  readonly path: string;
  /** Words without which no document is about it. */
  readonly about: RegExp;
}

/** How a document says that it, or a part of it, is about a subject. */
export interface Headings {
  /** Titles of documents that are about nothing else. */
  readonly whole: RegExp;
  /** Titles of sections in documents about something else. */
  readonly section: RegExp;
  /** Titles of the documents whose sections count; all do where none are named. */
  readonly within?: RegExp;
}

/** A document about a subject, or a section about it in a document about something else. */
export interface Passage {
  readonly document: Prose;
  readonly path: string;
  /** Offset of the section's heading; 0 for a document. */
  readonly at: number;
  /** The section's heading; '' for a document. */
  readonly title: string;
  readonly text: string;
  /** Offset of the text. */
  readonly from: number;
  /** Whether it stands where the runbook asks for it. */
  readonly isOwn: boolean;
}

/** Titles of documents about data and what happens to it, and of the one that everybody reads first. */
export const ABOUT_DATA =
  /\b(?:privacy|security|data[ -]protection|gdpr|dsgvo|compliance|data[ -](?:handling|retention|governance|management|policy)|pii|personal data|data ?bases?|storage|persistence|read ?me)\b/i;

/** The documents with these words that say what holds for this system, in the order of their paths. */
export function documentsInForce(repo: Repo, words: RegExp): readonly Prose[] {
  return documentsAbout(repo, words).filter((document) => kindOf(document) === 'holds');
}

/** The documents about a subject: the one at the runbook's own path first, whatever it is, then all that hold. */
export function documentsOn(repo: Repo, { path, about }: Subject): readonly Prose[] {
  const own = documentAt(repo, path);
  return [...(own ? [own] : []), ...documentsInForce(repo, about).filter((each) => each.path !== path)];
}

/** What is written about a subject: whole documents, and the sections of others. */
export function passagesOn(repo: Repo, subject: Subject, headings: Headings): readonly Passage[] {
  return documentsOn(repo, subject).flatMap((document) =>
    document.path === subject.path || isTitled(document, headings.whole)
      ? [{ ...wholeOf(document), isOwn: document.path === subject.path }]
      : sectionsOn(document, headings),
  );
}

/** A document as one passage. */
function wholeOf(document: Prose): Omit<Passage, 'isOwn'> {
  return { document, path: document.path, at: 0, title: '', text: document.text, from: 0 };
}

function sectionsOn(document: Prose, { section, within }: Headings): readonly Passage[] {
  if (within !== undefined && !isTitled(document, within)) return [];
  return document.sections
    .filter(({ title }) => section.test(title))
    .map(({ title, at, body, from }) => ({
      document,
      path: document.path,
      at,
      title,
      text: body,
      from,
      isOwn: false,
    }));
}
