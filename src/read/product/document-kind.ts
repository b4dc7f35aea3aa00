import { basename } from '../../repo/paths.ts';
import type { Prose } from './documents.ts';

/** What a document is written for. Only a guide tells people what to do with the system as it stands. */
export type DocumentKind = 'guide' | 'plan' | 'report' | 'agent-rules' | 'chat';

const PLAN_FOLDER =
  /(^|\/)(?:plans?|specs?|prds?|superpowers|proposals?|rfcs?|tasks?|stories|roadmaps?|backlog)\//i;
const REPORT_FOLDER = /(^|\/)(?:reports?|status|audits?|meetings?|minutes|retros?|archive)\//i;
const AGENT_FOLDER = /(^|\/)(?:agents?|prompts?|skills?|rules|personas?)\//i;

const PLAN =
  /\b(?:PRD|product requirements?|requirements|user stor(?:y|ies)|proposal|RFC|roadmap|backlog|to-?do|(?:tasks?|design (?:doc|document))$|(?:implementation|migration|project|test|sprint|development|feature|upgrade|refactor\w*) (?:plan|spec\w*|design|runbook)|specification)\b/i;
const REPORT =
  /\b(?:status|report|summary|progress|retrospective|post-?mortem|minutes|release notes|audit|evidence|assessment|review|complete[d]?|done|walk-?through|hand-?offs?|sprint|week \d+|session notes)\b/i;
const AGENT =
  /\b(?:(?:agents?|assistants?|copilot|claude|codex|cursor|gemini|LLM|AI|bot|model)\b.{0,40}\b(?:rules?|instructions?|guide(?:lines?)?|guardrails|policy|protocol|behaviou?r|prompt)|guardrails|directives?|system prompt|rules for|(?:copilot|agent) instructions|prompt)\b/i;
const SPEAKS =
  /^[#>*_ ]{0,6}(?:user|human|assistant|chatgpt|claude|gemini|copilot|you|system)(?:\*\*|__)?(?: said)?(?:\*\*|__)?:|^#{1,6} (?:user|human|assistant|chatgpt|claude|gemini)$/gim;
const ADDRESSES_AGENT = /^(?:[#>*_ ]{0,6})you are (?:an?|the) \w/im;

/** Tells by where a document stands, what it is called and how it speaks. */
export function kindOf({ path, text, sections }: Prose): DocumentKind {
  const [first] = sections;
  const titles = [
    basename(path)
      .replace(/\.\w+$/, '')
      .replace(/[_-]+/g, ' '),
    first?.level === 1 ? first.title : '',
  ];
  const isCalled = (words: RegExp) => titles.some((title) => words.test(title));
  if ((text.match(SPEAKS)?.length ?? 0) >= 2) return 'chat';
  if (AGENT_FOLDER.test(path) || isCalled(AGENT) || ADDRESSES_AGENT.test(text.slice(0, 1000)))
    return 'agent-rules';
  if (REPORT_FOLDER.test(path) || isCalled(REPORT)) return 'report';
  return PLAN_FOLDER.test(path) || isCalled(PLAN) ? 'plan' : 'guide';
}
