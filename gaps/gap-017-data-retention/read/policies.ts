import type { Repo } from '../../../src/contract.ts';
import { ABOUT_DATA, documentsOn, type Passage, passagesOn } from '../../../src/read/documents/passages.ts';
import { privacyPages } from '../../../src/read/documents/privacy-pages.ts';
import { isFilled, isTitled, outsideCode } from '../../../src/read/documents/prose.ts';
import {
  BACKUP,
  DELETION,
  DURATION,
  HEADING,
  MARKETING,
  NEXT_HEADING,
  PUBLIC,
  SECTION,
  SUBJECT,
  TITLE,
} from '../tables.ts';

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
  const documents = documentsOn(repo, SUBJECT);
  const written = passagesOn(repo, SUBJECT, { whole: TITLE, section: TITLE, within: ABOUT_DATA })
    .filter(isRule)
    .map(({ path, at, text, isOwn }) => policyOf(path, at, outsideCode(text), !isOwn && PUBLIC.test(path)));
  const pages = pagePolicies(repo).filter(({ path }) => !documents.some((each) => each.path === path));
  return [...written, ...pages]
    .filter(
      ({ path, hasDuration, hasDeletion, isForm }) =>
        hasDuration || hasDeletion || isForm || path === SUBJECT.path,
    )
    .sort(byRank);
}

/** A rule about data that is kept: how long copies are kept is the backup's own, and customers are kept by marketing. */
function isRule({ document, path, title, text, isOwn }: Passage): boolean {
  if (isOwn) return true;
  if (BACKUP.test(title + path)) return false;
  if (title === '') return !isMarketing(text);
  return !isTitled(document, /read ?me/i) || SECTION.test(title);
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
    Number(path === SUBJECT.path && !isForm) * 8 +
    Number(hasDuration) * 2 +
    Number(hasDeletion) -
    Number(isForm) * 4 -
    Number(isPublic) / 2;
  return rank(b) - rank(a);
}
