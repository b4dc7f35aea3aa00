import type { Repo } from '../../repo/repo.ts';
import { standingOf } from '../../repo/standing.ts';
import { purposeOf } from './document-purpose.ts';
import { documentsAbout, isTitled, outsideCode, type Prose } from './documents.ts';

/** Titles of what was written about a day or a piece of work, and holds no longer than that. */
const REPORT =
  /\b(?:(?:status|progress|weekly|daily|monthly|test|bug|gap|completion) (?:report|update|summary)|(?:implementation|executive|session|work|project|migration|change|build|deployment) (?:summary|report|log|notes)|session (?:notes|log|\d)|change ?log|release notes|hand-?(?:off|over)|stand-?up|(?:dev|work) ?log|current state|(?:project|implementation|current|overall|feature|launch) status|phase \d+|implementation complete|meeting|minutes|transcript|chat (?:log|export|transcript)|(?:code|security|design) review|(?:gap|readiness|market) (?:analysis|assessment|audit)|pitch|wip)\b|^(?:status|plan|notes?|summary|progress|changes)(?:\.\w+)?$/i;
/** Headings of what was done and is to be done: two of them make a report, whatever its title. */
const PROGRESS =
  /^\P{L}*(?:what (?:was|we) (?:done|did|built)|done|completed?(?: (?:work|tasks|items|features))?|in progress|next steps?|blockers?|remaining(?: work| tasks)?|to-?dos?|open (?:items|tasks)|accomplish[a-z]*|files (?:changed|created|modified)|changes made|action items|attendees|agenda)\P{L}*$/iu;

/**
 * Folders of such texts, and of words about other systems: what somebody learns, sells or tells an agent. At the root
 * or among documents alone: in the code, `chat/` and `tasks/` are parts of the product.
 */
const NOT_OF_THE_SYSTEM =
  /(?:^|(?:^|\/)(?:docs?|documentation|wiki|notes)\/(?:[\w.-]+\/)*)(?:wip|archived?|archives|plans?|tasks?|prds?|requirements|reports?|status|meetings?|minutes|journal|chats?|conversations?|transcripts?|sessions?|sprints?|stories|epics?|backlog|roadmaps?|drafts?|proposals?|reviews?|audits?|skills|knowledge|knowledge-base|personas?|courses?|lessons|tutorials?|training|case-studies|competitors?|inspiration)\//i;

const SPEAKERS =
  'user|human|you|you said|me|assistant|ai|bot|system|chatgpt|chatgpt said|gpt(?:-?\\d[\\w.]*)?|claude(?: code)?|(?:github )?copilot|gemini|cursor|codex|grok';
/** The line with which somebody begins to speak: a name and a colon, a heading that is a name, or the time of day. */
const TURN = new RegExp(
  `^(?:#{1,6} )?[*_]{0,3}(${SPEAKERS})(?:[*_]{0,3}:|:[*_]{0,3})|^#{1,6} [*_]{0,2}(${SPEAKERS})[*_]{0,2}$|^\\[?\\d{1,2}:\\d\\d(?::\\d\\d)?(?: ?[ap]m)?\\]?[ ,-]{1,3}([A-Z][\\w .]{1,30}):`,
  'gim',
);
const TURNS = 2;

/** The documents about these words that describe or rule this system for as long as it runs. */
export function systemDocumentsAbout(repo: Repo, words: RegExp): readonly Prose[] {
  return documentsAbout(repo, words).filter(isOfTheSystem);
}

/** Whether a document holds beyond the day on which it was written, and for this system: no report, task or chat. */
export function isOfTheSystem(document: Prose): boolean {
  const { path } = document;
  const standing = standingOf(path);
  return (
    (standing === 'product' || standing === 'docs') &&
    !NOT_OF_THE_SYSTEM.test(path) &&
    !isTitled(document, REPORT) &&
    document.sections.filter(({ title }) => PROGRESS.test(title)).length < 2 &&
    !isForOthers(document)
  );
}

/** A proposal that was taken. */
const ACCEPTED = /\bstatus\b[\s:*#_-]{1,20}(?:accepted|approved|adopted|implemented)\b/i;

/** Rules for agents, plans of work, and copied talk. What a team learnt may well be what it does. */
function isForOthers(document: Prose): boolean {
  const purpose = purposeOf(document);
  const isOpen = purpose === 'plan' && !ACCEPTED.test(document.text);
  return (
    isOpen || purpose === 'agents' || purpose === 'conversation' || isConversation(outsideCode(document.text))
  );
}

/** Whether a text is what people or machines said to each other: two of them, taking turns. */
export function isConversation(text: string): boolean {
  const speakers = [...text.matchAll(TURN)].map(([, ...names]) => names.find(Boolean)?.toLowerCase() ?? '');
  return speakers.length >= TURNS && new Set(speakers).size >= 2;
}

/** A text without its lists of things to do: a box that somebody ticks says what was asked, not what holds. */
export function withoutTasks(text: string): string {
  return text.replace(/^[ \t]*[-*+] \[[ xX]\].*$/gm, '');
}
