import { oncePer } from '../../repo/once.ts';
import { basename } from '../../repo/paths.ts';
import type { Repo } from '../../repo/repo.ts';
import { isMaterial } from '../../repo/standing.ts';
import { blank } from '../code/comments.ts';

/** A heading and what stands below it, sections of a deeper level included. */
export interface Section {
  readonly title: string;
  /** 1 for `#`. */
  readonly level: number;
  /** Offset of the heading in the file's text. */
  readonly at: number;
  readonly body: string;
  /** Offset of the body. */
  readonly from: number;
}

/** A document that people wrote for people. */
export interface Prose {
  readonly path: string;
  readonly text: string;
  readonly sections: readonly Section[];
}

const PROSE = /\.(mdx?|markdown|rst|adoc|txt)$/i;
/** Words for a machine, for a release, for lawyers or for customers, and material of tests, promise nothing. */
const NOT_PROSE =
  /(^|\/)(CHANGELOG|CHANGES|HISTORY|LICEN[CS]E|NOTICE|CODE_OF_CONDUCT|AGENTS|CLAUDE|GEMINI|CONTRIBUTORS|robots|llms|requirements)[\w.-]*$|(^|\/)(\.(?!github\/)[\w-]+|\.github\/(?:ISSUE_TEMPLATE|agents|prompts|instructions)|prompts?|i18n|locales?|src\/content|docs\/product|marketing|blog|posts|articles|news|\.changeset)\//i;
/** Material that somebody collected, not words of this project. */
const COLLECTED = /(^|\/)(?:data|datasets?|corpus|corpora)\/.*\.txt$/i;
/** An audit that lists what lacks is not what it asks for. */
const AUDIT_ENTRY = /\b[A-Z]{2,}-\d{3}\b/g;
const AUDIT_ENTRIES = 5;

/** The documents whose path or text matches, in the order of their paths. */
export function documentsAbout(repo: Repo, words: RegExp): readonly Prose[] {
  const { paths, prose } = documents(repo);
  return paths
    .filter((path) => words.test(path) || repo.mentions(path, words))
    .flatMap((path) => prose(path) ?? []);
}

/** Every document, each read at the first question about it; undefined stands for what is no document of its own. */
const documents = oncePer((repo: Repo) => {
  const paths = repo
    .find(PROSE)
    .filter((path) => !NOT_PROSE.test(path) && !isMaterial(path) && !COLLECTED.test(path));
  const read = new Map<string, Prose | undefined>();
  const prose = (path: string): Prose | undefined => {
    if (!read.has(path)) read.set(path, readProse(repo, path));
    return read.get(path);
  };
  return { paths, prose };
});

function readProse(repo: Repo, path: string): Prose | undefined {
  const text = repo.peek(path) ?? '';
  return isAudit(text) ? undefined : { path, text, sections: sectionsOf(text) };
}

function isAudit(text: string): boolean {
  if ((text.match(/\|\s*(?:PASS|FAIL|PARTIAL|OPEN|MISSING)\s*\|/g)?.length ?? 0) >= AUDIT_ENTRIES)
    return true;
  return new Set(text.match(AUDIT_ENTRY)).size >= AUDIT_ENTRIES && /\bgap\b/i.test(text);
}

/** A block of code, a heading with `#`, or one that is underlined as in reStructuredText. */
const PARTS =
  /^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\1|(?![\s\S]))|^(#{1,6}|={1,6})[ \t](.+)$|^(\w.{0,78})\n([=^-])\5{2,}[ \t]*$/gm;

/** The sections of a text. Code blocks hold none. */
export function sectionsOf(text: string): readonly Section[] {
  const heads = [...text.matchAll(PARTS)].flatMap((match) => {
    const [whole, fence, marks, marked, underlined, rule] = match;
    if (fence !== undefined) return [];
    const level = marks?.length ?? (rule === '=' ? 1 : 2);
    const title = (marked?.replace(/(?<!#)#+$/, '') ?? underlined ?? '').trim().replace(/[*_`]/g, '');
    return [{ title, level, at: match.index, from: match.index + whole.length }];
  });
  return heads.map(({ title, level, at, from }, index) => {
    const end = heads.slice(index + 1).find((next) => next.level <= level)?.at ?? text.length;
    return { title, level, at, body: text.slice(from, end), from };
  });
}

/** A text with its blocks of code blanked: what stands in one is an example, and offsets stay. */
export function outsideCode(text: string): string {
  return text.replace(PARTS, (part: string, fence?: string) => (fence === undefined ? part : blank(part)));
}

const PLACEHOLDER =
  /\b(?:TBD|TODO|FIXME|lorem ipsum|to be (?:defined|written|done|decided|announced)|fill (?:this )?in|coming soon)\b|\[(?:your|name|phone|e-?mail|date|insert|company|team|contact)[^\]\n]{0,200}\](?!\()|<(?:name|phone|e-?mail|your|date|team|contact)[^>\n]{0,200}>|_{4,}|\bX{3,}\b/gi;
const LEAST_WORDS = 12;
const WORDS_A_PLACEHOLDER = 60;

/** Whether a text says something: more than a few words, no form that nobody filled in, no list of things to do. */
export function isFilled(text: string): boolean {
  const plain = text
    .replace(/<!--[\s\S]*?(?:-->|(?![\s\S]))/g, '')
    .replace(/^#{1,6}[ \t].*$/gm, '')
    .replace(/^[ \t]*[-*][ \t]\[ \].*$/gm, '');
  const placeholders = plain.match(PLACEHOLDER)?.length ?? 0;
  return hasWords(plain, Math.max(LEAST_WORDS, placeholders * WORDS_A_PLACEHOLDER));
}

/** Whether so many words stand in a text; a long one is not read to its end. */
function hasWords(text: string, least: number): boolean {
  let words = 0;
  for (const _ of text.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
    words += 1;
    if (words === least) return true;
  }
  return false;
}

const FRONT_TITLE = /^---\n[\s\S]{0,2000}?^title:[ \t]*(\S.*)$[\s\S]{0,2000}?^---/m;

/** What a document calls itself: its file's name in words, and its front matter's title or its first heading. */
export function titlesOf({ path, text, sections }: Prose): readonly string[] {
  const front = text.startsWith('---\n') ? FRONT_TITLE.exec(text.slice(0, 2000))?.[1] : undefined;
  const [first] = sections;
  return [basename(path).replace(/[_-]/g, ' '), front ?? (first?.level === 1 ? first.title : '')];
}

/** Whether a document is about nothing but this: its name, its front matter's title or its first heading says so. */
export function isTitled(document: Prose, words: RegExp): boolean {
  return titlesOf(document).some((title) => words.test(title));
}

/** The document at a path, whatever it is about; undefined where none stands there. */
export function documentAt(repo: Repo, path: string): Prose | undefined {
  if (!repo.exists(path)) return undefined;
  const text = repo.peek(path) ?? '';
  return { path, text, sections: sectionsOf(text) };
}

/** A text without its lists of things to do: a box that somebody ticks says what was asked, not what holds. */
export function withoutTasks(text: string): string {
  return text.replace(/^[ \t]*[-*+] \[[ xX]\].*$/gm, '');
}
