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
import {
  ABOUT,
  BACKUP,
  DELETION,
  DURATION,
  HEADING,
  MARKETING,
  NEXT_HEADING,
  PUBLIC,
  SECTION,
  TITLE,
} from '../tables.ts';

/** Where the runbook wants the policy. */
export const OWN_PATH = 'docs/data-retention.md';

/** A text that says how long data is kept. */
export interface Policy {
  readonly path: string;
  readonly at: number;
  readonly hasDuration: boolean;
  /** How what is too old goes away, or that it does. */
  readonly hasDeletion: boolean;
  readonly isForm: boolean;
  /** For customers: it names what is kept, not where. */
  readonly isPublic: boolean;
  readonly text: string;
}

/** Every policy: the one at the runbook's own path first, then the fullest. */
export function policiesOf(repo: Repo): readonly Policy[] {
  const own = documentAt(repo, OWN_PATH);
  const written = documentsAbout(repo, ABOUT).filter(({ path }) => path !== OWN_PATH);
  const found = [
    ...written.filter(isInForce).flatMap(policiesIn),
    ...pagePolicies(repo).filter(({ path }) => !written.some((each) => each.path === path)),
  ].filter(({ hasDuration, hasDeletion, isForm }) => hasDuration || hasDeletion || isForm);
  return [...(own ? [policyOf(own.path, 0, outsideCode(own.text), false)] : []), ...found].sort(byRank);
}

function policiesIn(document: Prose): readonly Policy[] {
  const { path, text, sections } = document;
  if (isTitled(document, TITLE) && !BACKUP.test(path))
    return isMarketing(text) ? [] : [policyOf(path, 0, outsideCode(text), PUBLIC.test(path))];
  if (!isAboutData(document)) return [];
  const title = isTitled(document, /read ?me/i) ? SECTION : TITLE;
  return sections
    .filter((section) => title.test(section.title) && !BACKUP.test(section.title + path))
    .map(({ at, body }) => policyOf(path, at, outsideCode(body), PUBLIC.test(path)));
}

/** Customers are retained too: a text that speaks of what marketing counts is about them. */
function isMarketing(text: string): boolean {
  return new Set(text.match(MARKETING)?.map((word) => word.toLowerCase())).size > 1;
}

function pagePolicies(repo: Repo): readonly Policy[] {
  return privacyPages(repo)
    .filter(({ source }) => /retention|retain|\bkeep\b|\bstore\b/i.test(source))
    .flatMap(({ path, source }) => {
      const heading = HEADING.exec(source);
      const at = heading?.index ?? 0;
      const after = at + (heading?.[0].length ?? 0);
      const end = heading ? source.slice(after).search(NEXT_HEADING) : -1;
      const section = wordsOf(source.slice(at, end === -1 ? undefined : after + end));
      const page = { ...policyOf(path, at, wordsOf(source), true), hasDuration: DURATION.test(section) };
      return page.hasDuration || heading ? [page] : [];
    });
}

/** What a page says, without its tags. */
function wordsOf(source: string): string {
  return source.replace(/<[^<>]*>|\{['"]\s*['"]\}/g, ' ').replace(/\s+/g, ' ');
}

function policyOf(path: string, at: number, text: string, isPublic: boolean): Policy {
  return {
    path,
    at,
    text,
    isPublic,
    hasDuration: DURATION.test(text),
    hasDeletion: DELETION.test(text),
    isForm: !isFilled(text),
  };
}

function byRank(a: Policy, b: Policy): number {
  const rank = ({ path, hasDuration, hasDeletion, isForm, isPublic }: Policy) =>
    Number(path === OWN_PATH && !isForm) * 8 +
    Number(hasDuration) * 2 +
    Number(hasDeletion) -
    Number(isForm) * 4 -
    Number(isPublic) / 2;
  return rank(b) - rank(a);
}
