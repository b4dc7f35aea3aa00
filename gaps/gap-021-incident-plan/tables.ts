import type { Subject } from '../../src/read/documents/passages.ts';

/** Where the runbook asks for the plan, and the words of every document about incidents. */
export const SUBJECT: Subject = {
  path: 'docs/incident-response.md',
  about: /\bincident|\bon-?call\b|\boutage/i,
};

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

/** Titles of documents and sections about what happens when the service fails. */
export const TITLE =
  /\bincident[\s-]*(?:response|management|plan|process|handling|procedures?|runbook|playbook)|\bon-?call\b|\boutages?\b|^incidents?$|\bdisaster recovery plan/i;

/** What happened once is no plan for what happens next. */
export const RECORD =
  /post-?\s?mortem|retrospective|\breports?\b|\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d|\d\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/i;

/** Titles of what is to be done, even where they speak of reports. */
export const PLANS =
  /\bplan|respon|process|procedure|management|handling|runbook|playbook|polic|guide|handbook/i;
