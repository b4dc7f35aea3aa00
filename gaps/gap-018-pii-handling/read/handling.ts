import type { Repo } from '../../../src/contract.ts';
import { ABOUT_DATA, type Passage, passagesOn } from '../../../src/read/documents/passages.ts';
import { privacyPages } from '../../../src/read/documents/privacy-pages.ts';
import { isFilled, isTitled, outsideCode } from '../../../src/read/documents/prose.ts';
import { HELD, PUBLIC, RIGHTS, SECTION, SUBJECT, TITLE } from '../tables.ts';

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
  const passages = passagesOn(repo, SUBJECT, { whole: TITLE, section: SECTION, within: ABOUT_DATA });
  const pages = privacyPages(repo)
    .filter(({ isBare }) => !isBare)
    .map(({ path, source }) => handlingOf(path, 0, source, true));
  return [...passages.flatMap(handlingIn), ...pages].filter(saysEnough).sort(byRank)[0];
}

/** A privacy page whose words cannot be read here. */
export function findBarePage(repo: Repo): string | undefined {
  return privacyPages(repo).find(({ isBare }) => isBare)?.path;
}

/** A section that leaves out what people may ask for is about something else: a setting, a remark. */
function handlingIn({ document, path, at, title, text, isOwn }: Passage): readonly Handling[] {
  const isPublic = !isOwn && (title === '' ? isTitled(document, PUBLIC) : PUBLIC.test(title));
  const handling = handlingOf(path, at, outsideCode(text), isPublic);
  return title === '' || handling.hasRights ? [handling] : [];
}

function saysEnough({ path, text, isForm }: Handling): boolean {
  return path === SUBJECT.path || (text.length >= LEAST && (HELD.test(text) || isForm));
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
  const isOwn = ({ path, isForm }: Handling) => Number(path === SUBJECT.path && !isForm);
  return isOwn(b) - isOwn(a) || Number(a.isForm) - Number(b.isForm) || b.text.length - a.text.length;
}
