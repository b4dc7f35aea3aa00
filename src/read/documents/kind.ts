import { oncePer } from '../../repo/once.ts';
import { isTitled, outsideCode, type Prose } from './prose.ts';

/**
 * What a document is written for. Only one that `holds` says what is true of this system for as long as it runs:
 * `report` tells of a day or a piece of work, `lessons` of what somebody learned, and `plan` of what may come.
 */
export type DocumentKind = 'holds' | 'agents' | 'plan' | 'report' | 'lessons' | 'conversation';

type Telling = Exclude<DocumentKind, 'holds'>;

/** Folders of each kind, at the root or among documents alone: in the code, `chat/` and `tasks/` are the product's. */
const FOLDERS: readonly (readonly [Telling, RegExp])[] = [
  ['agents', /(?:^|\/)(?:agents?|skills?|prompts?|personas?)\//i],
  [
    'plan',
    folders(
      /wip|plans?|specs?|superpowers|tasks?|prds?|requirements|sprints?|stories|epics?|backlog|roadmaps?|drafts?/,
    ),
  ],
  [
    'report',
    folders(/archived?|archives|reports?|status|meetings?|minutes|retros?|journal|reviews?|audits?/),
  ],
  [
    'lessons',
    folders(
      /knowledge|knowledge-base|courses?|lessons|tutorials?|training|case-studies|competitors?|inspiration/,
    ),
  ],
  ['conversation', folders(/chats?|conversations?|transcripts?|sessions?/)],
];

/** Titles of each kind, in the order in which they decide. */
const TITLES: readonly (readonly [Telling, RegExp])[] = [
  [
    'agents',
    /^(?:skill|prompt)(?:\.\w+)?$|\b(?:agents?(?:'s)?|assistants?|llm|copilot|claude|codex|cursor|gemini)(?: (?:coding|behaviou?r|conduct|working))? ?(?:rules?|instructions?|guide(?:lines?)?|guardrails|protocols?|prompts?|handbook|manifest|behaviou?r)\b|\bai (?:rules|instructions|guardrails|prompts?)\b|\b(?:rules|guardrails) for (?:the |all )?(?:ai|llms?|agents?|assistants?)\b|\b(?:guardrails|system prompt|persona|(?:project |ai )?(?:behaviou?r|conduct|working) rules)\b/i,
  ],
  [
    'lessons',
    /\blessons?\b|\bpitfalls?\b|\blearnings?\b|\bgotchas?\b|\banti-?patterns\b|\btroubleshooting\b|\bpost-?\s?mortems?\b|\bretrospectives?\b|\bretro\b|\bincident reports?\b|\bwhat (?:we|i) learned\b/i,
  ],
  [
    'report',
    /\b(?:(?:status|progress|weekly|daily|monthly|test|bug|gap|completion) (?:report|update|summary)|(?:implementation|executive|session|work|project|migration|change|build|deployment) (?:summary|report|log|notes)|session (?:notes|log|\d)|change ?log|release notes|hand-?(?:off|over)s?|stand-?up|(?:dev|work) ?log|current state|(?:project|implementation|current|overall|feature|launch) status|phase \d+|week \d+|implementation complete|walk-?through|meeting|minutes|transcript|chat (?:log|export|transcript)|(?:code|security|design) review|(?:gap|readiness|market) (?:analysis|assessment|audit)|pitch)\b|^(?:status|notes?|summary|progress|changes)(?:\.\w+)?$/i,
  ],
  [
    'plan',
    /\b(?:prd|wip|(?:product|business|functional|software) requirements?|proposals?|road ?maps?|backlog|to-?dos?|follow-?ups?|wish ?list|brainstorm\w*|draft|user stor(?:y|ies)|epics?|sprints?|(?:implementation|build|project|launch|migration|rollout|action|work|test|development|feature|upgrade|refactor\w*) (?:plan|spec\w*|design|runbook)|design doc(?:ument)?|rfc|competit\w+|sow)\b|^plan(?:\.\w+)?$/i,
  ],
];
/** These head a plan, unless the document calls itself a rule. */
const MAYBE_PLAN =
  /\b(?:requirements|tasks?|milestones?|ideas?|tickets?|specs?|specification|research|scope)\b/i;
/** What is done each time, whatever else the title speaks of: `Retrospective process`, `Incident report policy`. */
const RULE = /\b(?:polic(?:y|ies)|schedule|process|procedures?|runbook|playbook|handbook)\b/i;
/** What only a text about work to be done holds. */
const STORIES =
  /\bacceptance criteria\b|\bas an? [\w -]{2,40},? I (?:want|can|need)\b|\bdefinition of done\b/i;
/** Where each text was a proposal first. */
const PROPOSALS = folders(/proposals?|rfcs?/);
/** A proposal that was taken. */
const ACCEPTED = /\bstatus\b[\s:*#_-]{1,20}(?:accepted|approved|adopted|implemented)\b/i;

const AGENT_FILE = /\.(?:agent|prompt|skill|tool|rules?|instructions)\.\w+$/i;
/** How a text for agents begins. */
const TO_AGENTS =
  /\ball (?:ai|coding) agents\b|\b(?:rules|instructions|guidelines|guidance|context) (?:for|to) (?:all |any |the |our |your )?(?:ai|llms?|agents?|assistants?|models?|claude|codex|copilot|cursor|gemini|chatgpt)\b|^(?:[#>*_ ]{0,6})you are (?:an?|the) \w|\byou are (?:an?|the) [\w -]{0,60}(?:agent|assistant|engineer|expert|developer|ai)\b|\b(?:this|the|an?) (?:ai )?(?:agent|assistant|model) (?:must|shall|should|may) /im;
const HEAD = 1500;

/** Headings of what was done and is to be done: two of them make a report, whatever its title. */
const PROGRESS =
  /^\P{L}*(?:what (?:was|we) (?:done|did|built)|done|completed?(?: (?:work|tasks|items|features))?|in progress|next steps?|blockers?|remaining(?: work| tasks)?|to-?dos?|open (?:items|tasks)|accomplish[a-z]*|files (?:changed|created|modified)|changes made|action items|attendees|agenda)\P{L}*$/iu;

/** Tells by where a document stands, what it is called and how it speaks. */
export const kindOf = oncePer((document: Prose): DocumentKind => {
  const { path, text } = document;
  const words = outsideCode(text);
  if (isConversation(words)) return 'conversation';
  if (AGENT_FILE.test(path) || TO_AGENTS.test(words.slice(0, HEAD))) return 'agents';
  const folder = FOLDERS.find(([, pattern]) => pattern.test(path))?.[0];
  if (folder !== undefined) return folder;
  const kind = calledKind(document) ?? (STORIES.test(words) || PROPOSALS.test(path) ? 'plan' : 'holds');
  return kind === 'plan' && ACCEPTED.test(text) ? 'holds' : kind;
});

/** The kind by the title, or by the titles of the sections. */
function calledKind(document: Prose): Telling | undefined {
  const isRule = isTitled(document, RULE);
  const called = TITLES.find(([, pattern]) => isTitled(document, pattern))?.[0];
  if (called !== undefined && !(isRule && (called === 'report' || called === 'lessons'))) return called;
  if (document.sections.filter(({ title }) => PROGRESS.test(title)).length >= 2) return 'report';
  return isTitled(document, MAYBE_PLAN) && !isRule ? 'plan' : undefined;
}

function folders(names: RegExp): RegExp {
  return new RegExp(
    String.raw`(?:^|(?:^|\/)(?:docs?|documentation|wiki|notes)\/(?:[\w.-]+\/)*)(?:${names.source})\/`,
    'i',
  );
}

const PEOPLE = 'user|human|you|you said|me|system';
const MACHINES =
  'assistant|ai|bot|chatgpt|chatgpt said|gpt(?:-?\\d[\\w.]*)?|claude(?: code)?|(?:github )?copilot|gemini|cursor|codex|grok';
const MACHINE = new RegExp(`^(?:${MACHINES})$`);
const SPEAKER = `(${PEOPLE}|${MACHINES})`;
/** The line with which somebody begins to speak: a name and a colon, or a heading that is a name. */
const TURN = new RegExp(
  `^(?:[#>]{1,6} )?[*_]{0,3}${SPEAKER}(?:[*_]{0,3}:|:[*_]{0,3})|^#{1,6} [*_]{0,2}${SPEAKER}[*_]{0,2}$`,
  'gim',
);
/** `[10:31] Ada: …`, `Ada  10:31 AM`, as they are copied out of a chat. */
const STAMPED =
  /^\[?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\]?[ ,-]{1,3}([\w. ]{2,30}):|^([\w. ]{2,30}) {1,3}\[?\d{1,2}:\d{2} ?[AP]M\]?$/gim;

/** Whether a text is what people and machines said to each other: two of them, taking turns. */
function isConversation(text: string): boolean {
  const named = speakersIn(text, TURN);
  if (named.size >= 2 && [...named].some((name) => MACHINE.test(name))) return true;
  return speakersIn(text, STAMPED).size >= 2;
}

function speakersIn(text: string, turn: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(turn)].map(([, ...names]) => names.find(Boolean)?.toLowerCase() ?? ''));
}
