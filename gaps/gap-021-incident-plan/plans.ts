import type { Repo } from '../../src/contract.ts';
import { documentsAbout, isFilled, isTitled } from '../../src/read/documents.ts';

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
}

const ABOUT = /\bincident|\bon-?call\b|\boutage/i;
const TITLE =
  /\bincident[\s-]*(?:response|management|plan|process|handling|procedures?|runbook|playbook)|\bon-?call\b|\boutages?\b|^incidents?$|\bdisaster recovery plan/i;
/** A section must say more than a passing remark. */
const LEAST_PARTS = 3;

/** The plan that says most; undefined where there is none. */
export function findPlan(repo: Repo): Plan | undefined {
  const plans = documentsAbout(repo, ABOUT).flatMap((document) => {
    const { path, text, sections } = document;
    if (isTitled(document, TITLE)) return [planOf(path, 0, text)];
    return sections.filter(({ title }) => TITLE.test(title)).map(({ at, body }) => planOf(path, at, body));
  });
  const real = plans.filter(({ missing }) => PARTS.length - missing.length >= LEAST_PARTS);
  return real.sort((a, b) => Number(a.isForm) - Number(b.isForm) || a.missing.length - b.missing.length)[0];
}

function planOf(path: string, at: number, text: string): Plan {
  const said = text.replace(/<!--[\s\S]*?-->/g, '');
  return {
    path,
    at,
    isForm: !isFilled(said),
    missing: PARTS.flatMap(([name, pattern]) => (pattern.test(said) ? [] : [name])),
  };
}
