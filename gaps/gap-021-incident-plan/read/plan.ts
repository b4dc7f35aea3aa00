import type { Repo } from '../../../src/contract.ts';
import { isFilled, isTitled, type Prose } from '../../../src/read/product/documents.ts';
import { systemDocumentsAbout } from '../../../src/read/product/system-documents.ts';
import { basename } from '../../../src/repo/paths.ts';
import { ABOUT, PARTS, PLAN_PATH, PLANS, RECORD, TITLE } from '../tables.ts';
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
  const text = repo.peek(PLAN_PATH);
  const own = text === undefined ? undefined : planOf(repo, PLAN_PATH, 0, text);
  if (own && isReal(own)) return own;
  const other = plansElsewhere(repo).find(isReal);
  return own && !(other && text?.includes(basename(other.path))) ? own : other;
}

function plansElsewhere(repo: Repo): readonly Plan[] {
  return systemDocumentsAbout(repo, ABOUT)
    .filter((document) => document.path !== PLAN_PATH && !isRecord(document))
    .flatMap((document) => {
      const { path, text, sections } = document;
      if (isTitled(document, TITLE)) return [planOf(repo, path, 0, text)];
      return sections
        .filter(({ title }) => TITLE.test(title) && !isAboutThePast(title))
        .map(({ at, body }) => planOf(repo, path, text.indexOf(body, at), body));
    })
    .sort((a, b) => Number(a.isForm) - Number(b.isForm) || lacks(a) - lacks(b));
}

function isReal({ missing }: Plan): boolean {
  return PARTS.length - missing.length >= LEAST_PARTS;
}

function isRecord({ path, sections }: Prose): boolean {
  const [first] = sections;
  const title = first?.level === 1 ? first.title : '';
  return isAboutThePast(`${basename(path).replace(/[_-]/g, ' ')} ${title}`);
}

function isAboutThePast(title: string): boolean {
  return RECORD.test(title) && !PLANS.test(title);
}

function lacks({ missing, blanks, unknownNames }: Plan): number {
  return missing.length + blanks.length + unknownNames.length;
}

function planOf(repo: Repo, path: string, at: number, text: string): Plan {
  const said = withoutComments(text);
  const moved = (each: Word) => ({ ...each, at: at + each.at });
  return {
    path,
    at,
    isForm: /template/i.test(basename(path)) || !isFilled(ownWords(text)),
    missing: PARTS.flatMap(([name, pattern]) => (pattern.test(said) ? [] : [name])),
    blanks: blanksIn(text).map(moved),
    unknownNames: unknownNamesIn(repo, text).map(moved),
  };
}
