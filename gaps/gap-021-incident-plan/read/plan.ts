import type { Repo } from '../../../src/contract.ts';
import { type Passage, passagesOn } from '../../../src/read/documents/passages.ts';
import { isFilled, titlesOf } from '../../../src/read/documents/prose.ts';
import { basename } from '../../../src/repo/paths.ts';
import { PARTS, PLANS, RECORD, SUBJECT, TITLE } from '../tables.ts';
import { blanksIn, ownWords, type Word, withoutComments } from './own-words.ts';
import { unknownNamesIn } from './unknown-names.ts';

/** A document or a section about what happens when the service fails. */
export interface Plan {
  readonly path: string;
  readonly at: number;
  /** Nobody has filled the form in. */
  readonly isForm: boolean;
  /** The parts of a plan that it does not say. */
  readonly missing: readonly string[];
  /** Places that nobody has filled in. */
  readonly blanks: readonly Word[];
  /** Names in commands that this repository does not know. */
  readonly unknownNames: readonly Word[];
}

/** A section must say more than a passing remark. */
const LEAST_PARTS = 3;

/**
 * The plan at the runbook's own path; where nothing stands there, or no more than the way to another document, the one
 * that says most and lacks least. Undefined where there is none.
 */
export function findPlan(repo: Repo): Plan | undefined {
  const passages = passagesOn(repo, SUBJECT, { whole: TITLE, section: TITLE });
  const own = passages.find(({ isOwn }) => isOwn);
  const ownPlan = own && planOf(repo, own);
  if (ownPlan && isReal(ownPlan)) return ownPlan;
  const other = passages
    .filter((passage) => !passage.isOwn && !isRecord(passage))
    .map((passage) => planOf(repo, passage))
    .sort((a, b) => Number(a.isForm) - Number(b.isForm) || lacks(a) - lacks(b))
    .find(isReal);
  return ownPlan && !(other && own.text.includes(basename(other.path))) ? ownPlan : other;
}

function isReal({ missing }: Plan): boolean {
  return PARTS.length - missing.length >= LEAST_PARTS;
}

function isRecord({ document, title }: Passage): boolean {
  return isAboutThePast(title) || isAboutThePast(titlesOf(document).join(' '));
}

function isAboutThePast(title: string): boolean {
  return RECORD.test(title) && !PLANS.test(title);
}

function lacks({ missing, blanks, unknownNames }: Plan): number {
  return missing.length + blanks.length + unknownNames.length;
}

function planOf(repo: Repo, { path, text, from }: Passage): Plan {
  const said = withoutComments(text);
  const moved = (each: Word) => ({ ...each, at: from + each.at });
  return {
    path,
    at: from,
    isForm: /template/i.test(basename(path)) || !isFilled(ownWords(text)),
    missing: PARTS.flatMap(([name, pattern]) => (pattern.test(said) ? [] : [name])),
    blanks: blanksIn(text).map(moved),
    unknownNames: unknownNamesIn(repo, text).map(moved),
  };
}
