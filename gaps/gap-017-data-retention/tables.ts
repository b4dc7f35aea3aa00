import type { Subject } from '../../src/read/documents/passages.ts';

/** Where the runbook wants the policy, and the words of every document about it. */
export const SUBJECT: Subject = {
  path: 'docs/data-retention.md',
  about: /retention|retain|data lifecycle|how long|delet(?:e|ion) (?:of )?data/i,
};
/** What a policy is called; customers, employees and users are retained too, by marketing. */
export const TITLE =
  /(?<!(?:user|customer|client|employee|talent|revenue|net|cohort|guest|member|subscriber|player) )\bretention\b(?! (?:rate|curve|cohort|analysis|metrics?|strategy|marketing|campaign|bonus))|\bretain\b|\bdata lifecycle\b|\bhow long (?:do )?we (?:keep|store)|\bstorage period|\bdata deletion\b/i;
/** Of a section in a document about something else: more than the one word, unless the whole is about data. */
export const SECTION =
  /\b(?:data|logs?|records?|information)\b.{0,30}\bretention|\bretention (?:policy|policies|periods?|schedules?|times?)\b|\bhow long (?:do )?we (?:keep|store|retain)|\bdata deletion\b|\bdata lifecycle\b/i;
/** How long copies are kept is the backup's own rule. */
export const BACKUP = /\b(?:backups?|snapshots?)\b/i;
/** What marketing counts. */
export const MARKETING =
  /\b(?:churn\w*|cohorts?|funnels?|win-?back|loyalty|engagement|onboarding|upsell\w*|lifetime value|ltv|nps|dau|mau|customer success)\b/gi;
/** Written for customers: by its name, or by where a site keeps the texts of its pages. */
export const PUBLIC =
  /(^|\/)(?:privacy|datenschutz|data-?protection|gdpr)[\w-]*(?:\/page)?\.(?:[jt]sx|mdx?)$|(^|\/)(?:static-?content|content|pages|marketing|landing)\//i;
/** What heads the section of a page; a component takes its text as an element does. */
export const HEADING =
  /<(h[1-6]|[A-Z]\w{0,30})\b[^<>]{0,200}>\s{0,60}([^<.:]{0,60}\b(?:retention|retain|how long|storage period)\b[^<.:]{0,40})<\/\1>/i;
/** Where the next section of a page begins. */
export const NEXT_HEADING =
  /<h[1-6]\b|<\w+\b[^<>]{0,200}\bvariant=["']h\d|<\w{0,30}(?:Heading|Title)\b|<section\b/i;
export const DURATION =
  /\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve|thirty|sixty|ninety)[\s-]+(?:hour|day|week|month|year)s?\b|\b\d+\s*(?:d|h|mo|y)\b|\bindefinitely\b|\bfor ever\b|\bas long as (?:the|your|an?) (?:account|contract)|\b(?:when|once|if|while|after) (?:you|your account|the (?:user|customer|account)|an account)\s[\w\s]{0,24}?(?:delet\w+|clos\w+|active|remov\w+|terminat\w+)|\buntil (?:you|the (?:user|customer)|it is|they are) (?:delete|close)/i;
export const DELETION =
  /\bdelet|\bpurg|\berase|\bremov|\bexpir|\bprun|\banonymi|\brotat|\boverwrit|\btrimm?ed/i;
