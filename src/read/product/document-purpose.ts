import { isTitled, outsideCode, type Prose, titlesOf } from './documents.ts';

/** What keeps a document from saying what is done in this system. */
export type Purpose = 'agents' | 'plan' | 'lessons' | 'conversation';

/** Files and titles that tell agents how to work. */
const FOR_AGENTS =
  /\b(?:skill|system prompt|prompts?|persona|cursor ?rules|copilot instructions|(?:ai |project |agent )(?:behaviou?r|conduct|working) rules|agents?(?:'s)? (?:rules|guide(?:lines)?|instructions|handbook|manifest|behaviou?r))\b|\bbehaviou?r rules\b/i;
/** How such a text begins. */
const TO_AGENTS =
  /\ball (?:ai|coding) agents\b|\b(?:rules|instructions|guidelines|guidance|context) (?:for|to) (?:all |any |the |our |your )?(?:ai|llms?|agents?|assistants?|models?|claude|codex|copilot|cursor|gemini|chatgpt)\b|\byou are (?:an?|the) [\w -]{0,60}(?:agent|assistant|engineer|expert|developer|ai)\b|\b(?:this|the|an?) (?:ai )?(?:agent|assistant|model) (?:must|shall|should|may) /i;
const AGENT_PATH =
  /(?:^|\/)(?:agents?|skills?|prompts?|personas?)\/|\.(?:agent|prompt|skill|tool|rules?|instructions)\.\w+$/i;

const PLAN =
  /\bprd\b|\b(?:product|business|functional|software) requirements?\b|\brequirements\b|\bproposals?\b|\broad ?maps?\b|\bbacklog\b|\bto-?dos?\b|\btasks?\b|\bmilestones?\b|\bfollow-?ups?\b|\bwish ?list\b|\bideas?\b|\bbrainstorm\w*\b|\bdraft\b|\buser stor(?:y|ies)\b|\bepics?\b|\btickets?\b|\bsprints?\b|\b(?:implementation|build|project|launch|migration|rollout|action|work) plan\b|\bspecs?\b|\bspecification\b|\brfc\b|\bcompetit\w+\b|\bresearch\b|\bsow\b|\bscope\b/i;
/** What only a text about work to be done holds. */
const STORIES =
  /\bacceptance criteria\b|\bas an? [\w -]{2,40},? I (?:want|can|need)\b|\bdefinition of done\b/i;

const LESSONS =
  /\blessons?\b|\bpitfalls?\b|\bpost-?mortems?\b|\bretrospectives?\b|\bretro\b|\bincident reports?\b|\blearnings?\b|\bgotchas?\b|\banti-?patterns\b|\btroubleshooting\b|\bwhat (?:we|i) learned\b/i;

/** A line that names who speaks. */
const TURN =
  /^[ \t>*#_-]{0,8}(?:user|human|you|me|assistant|ai|bot|system|chatgpt|gpt-?\d?\w*|claude|gemini|grok|(?:github )?copilot|cursor)(?: said)?[*_]{0,2}:/gim;
const TURNS = 3;
/** `[10:31] Ada: …`, `Ada  10:31 AM`, as they are copied out of a chat. */
const STAMPED =
  /^\[?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\]?[ -]+[\w. ]{2,30}:|^[\w. ]{2,30} {1,3}\[?\d{1,2}:\d{2} ?[AP]M\]?$/gim;

const HEAD = 1500;

const ABOUT_DATA =
  /\b(?:privacy|security|data[ -]protection|gdpr|dsgvo|compliance|data[ -](?:handling|retention|governance|management|policy)|pii|personal data|data ?bases?|storage|persistence|read ?me)\b/i;

/** Whether a document is about data and what happens to it, or is the one that everybody reads first. */
export function isAboutData(document: Prose): boolean {
  return isTitled(document, ABOUT_DATA);
}

/** Whether a document says what holds for this system: it is no rule for agents, plan, lesson or copied talk. */
export function isInForce(document: Prose): boolean {
  return purposeOf(document) === undefined;
}

/** What a document is for, where that keeps it from saying what is done here. */
export function purposeOf(document: Prose): Purpose | undefined {
  const { path, text } = document;
  const titles = titlesOf(document);
  const says = (words: RegExp) => titles.some((title) => words.test(title));
  const words = outsideCode(text);
  if (AGENT_PATH.test(path) || says(FOR_AGENTS) || TO_AGENTS.test(words.slice(0, HEAD))) return 'agents';
  if (says(LESSONS)) return 'lessons';
  if (says(PLAN) || STORIES.test(words)) return 'plan';
  const turns = (words.match(TURN)?.length ?? 0) + (words.match(STAMPED)?.length ?? 0);
  return turns >= TURNS ? 'conversation' : undefined;
}
