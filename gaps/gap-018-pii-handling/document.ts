import type { Repo } from '../../src/contract.ts';
import { documentsAbout, isFilled, isTitled } from '../../src/read/product/documents.ts';
import { privacyPages } from '../../src/read/product/privacy-pages.ts';

/** What says how the data of people is handled. */
export interface Handling {
  readonly path: string;
  readonly at: number;
  readonly text: string;
  readonly isForm: boolean;
  /** A person can have it deleted or handed out, and it says how. */
  readonly hasRights: boolean;
}

const ABOUT = /\bPII\b|personal(?:ly identifiable)? (?:data|information)|privacy|data protection|\bGDPR\b/i;
const TITLE =
  /\bPII\b|\bpersonal(?:ly identifiable)? (?:data|information)\b|\bprivacy(?: policy| notice| statement)?\b|(?<!sensitive )\bdata protection\b|\bGDPR\b/i;
/** Of a section in a document about something else, where the bare word privacy heads many a remark. */
const SECTION =
  /\bPII\b|\bpersonal(?:ly identifiable)? (?:data|information)\b|\bprivacy (?:policy|notice|statement)\b|(?<!sensitive )\bdata protection\b|\bGDPR\b/i;
const HELD = /\b(?:e-?mail|name|address|phone|IP|payment|prompt|audio|profile)\b/i;
const RIGHTS = /\b(?:delet|eras|remov|export|access (?:to )?(?:your|their)|portab|right to|request)\w*/i;
const LEAST = 200;

/** The fullest document, or the privacy page of the site. */
export function findHandling(repo: Repo): Handling | undefined {
  const written = documentsAbout(repo, ABOUT).flatMap((document) => {
    const { path, text, sections } = document;
    if (isTitled(document, TITLE)) return [handlingOf(path, 0, text)];
    return (
      sections
        .filter(({ title, level }) => level < 4 && SECTION.test(title))
        .map(({ at, body }) => handlingOf(path, at, body))
        // A section that leaves out what people may ask for is about something else: a setting, a remark.
        .filter(({ hasRights }) => hasRights)
    );
  });
  const pages = privacyPages(repo)
    .filter(({ isBare }) => !isBare)
    .map(({ path, source }) => handlingOf(path, 0, source));
  return [...written, ...pages]
    .filter(({ text, isForm }) => text.length >= LEAST && (HELD.test(text) || isForm))
    .sort((a, b) => Number(a.isForm) - Number(b.isForm) || b.text.length - a.text.length)[0];
}

/** A privacy page whose words cannot be read here. */
export function findBarePage(repo: Repo): string | undefined {
  return privacyPages(repo).find(({ isBare }) => isBare)?.path;
}

function handlingOf(path: string, at: number, text: string): Handling {
  return {
    path,
    at,
    text,
    isForm: !isFilled(text) || /\blorem ipsum\b/i.test(text),
    hasRights: RIGHTS.test(text),
  };
}
