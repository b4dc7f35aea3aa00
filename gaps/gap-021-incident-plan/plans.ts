import type { Repo } from '../../src/contract.ts';
import { documentsAbout, isFilled, isTitled, type Prose } from '../../src/read/product/documents.ts';
import { basename } from '../../src/repo/paths.ts';
import { blanksIn, ownWords, type Stumble, strangersIn } from './promises.ts';

/** What a plan has to say, in the order in which it is needed. */
export const PARTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['how an outage is noticed', /\bdetect|\balert|\bmonitor|\bnotic|\breport(?:s|ed|ing)?\b/i],
  ['how severe it is', /\bseverit|\bSEV[- ]?\d|\btriage|\bP[0-4]\b|\bimpact level/i],
  [
    'who is called',
    /\bcontact|\bon[- ]?call|\bescalat|\bcommander|\bpager|\bphone|\bincident (?:lead|manager|owner)/i,
  ],
  [
    'what is done',
    /\bmitigat|\bcontain(?:ment|ed)?\b|\broll(?:ing)?[- ]?back|\brestart|\brestor|\bresolv|\brecover|\bworkaround/i,
  ],
  ['who is told', /\bcommunicat|\bstatus page|\bnotif|\bstakeholder|\bcustomers?\b|\bannounce/i],
  ['what is learnt', /\bpost-?mortem|\bretrospective|\blessons|\broot cause|\bpost-incident|\bblameless/i],
];

/** A document or a section about what happens when the service fails. */
export interface Plan {
  readonly path: string;
  readonly at: number;
  /** Nobody has filled the form in. */
  readonly isForm: boolean;
  readonly missing: readonly string[];
  /** Places that nobody has filled in. */
  readonly blanks: readonly Stumble[];
  /** Names in commands that this repository does not know. */
  readonly strangers: readonly Stumble[];
}

const ABOUT = /\bincident|\bon-?call\b|\boutage/i;
const TITLE =
  /\bincident[\s-]*(?:response|management|plan|process|handling|procedures?|runbook|playbook)|\bon-?call\b|\boutages?\b|^incidents?$|\bdisaster recovery plan/i;
/** What happened once is no plan for what happens next. */
const RECORD =
  /post-?\s?mortem|retrospective|\breports?\b|\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d|\d\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/i;
const PLANS = /\bplan|respon|process|procedure|management|handling|runbook|playbook|polic|guide|handbook/i;
/** A section must say more than a passing remark. */
const LEAST_PARTS = 3;

/** The plan that says most and lacks least; undefined where there is none. */
export function findPlan(repo: Repo): Plan | undefined {
  const plans = documentsAbout(repo, ABOUT).flatMap((document) => {
    const { path, text, sections } = document;
    if (isRecord(document)) return [];
    if (isTitled(document, TITLE)) return [planOf(repo, path, 0, text)];
    return sections
      .filter(({ title }) => TITLE.test(title) && !isAboutThePast(title))
      .map(({ at, body }) => planOf(repo, path, text.indexOf(body, at), body));
  });
  const real = plans.filter(({ missing }) => PARTS.length - missing.length >= LEAST_PARTS);
  return real.sort((a, b) => Number(a.isForm) - Number(b.isForm) || lacks(a) - lacks(b))[0];
}

function isRecord({ path, sections }: Prose): boolean {
  const [first] = sections;
  const title = first?.level === 1 ? first.title : '';
  return isAboutThePast(`${basename(path).replace(/[_-]/g, ' ')} ${title}`);
}

function isAboutThePast(title: string): boolean {
  return RECORD.test(title) && !PLANS.test(title);
}

function lacks({ missing, blanks, strangers }: Plan): number {
  return missing.length + blanks.length + strangers.length;
}

function planOf(repo: Repo, path: string, at: number, text: string): Plan {
  const said = text.replace(/<!--[\s\S]*?-->/g, '');
  const moved = (each: Stumble) => ({ ...each, at: at + each.at });
  return {
    path,
    at,
    isForm: /template/i.test(basename(path)) || !isFilled(ownWords(text)),
    missing: PARTS.flatMap(([name, pattern]) => (pattern.test(said) ? [] : [name])),
    blanks: blanksIn(text).map(moved),
    strangers: strangersIn(repo, text).map(moved),
  };
}
