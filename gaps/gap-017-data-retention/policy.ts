import type { Repo } from '../../src/contract.ts';
import { documentsAbout, isFilled, isTitled } from '../../src/read/product/documents.ts';
import type { StoreKind, storeKinds } from '../../src/read/product/persistence.ts';
import { privacyPages } from '../../src/read/product/privacy-pages.ts';

/** A text that says how long data is kept. */
export interface Policy {
  readonly path: string;
  readonly at: number;
  readonly hasDuration: boolean;
  /** How what is too old goes away, or that it does. */
  readonly hasDeletion: boolean;
  readonly isForm: boolean;
  /** For customers: it names what is kept, not where. */
  readonly isPublic: boolean;
  readonly text: string;
}

const ABOUT = /retention|retain|data lifecycle|how long|delet(?:e|ion) (?:of )?data/i;
/** Customers, employees and users are retained too, by marketing. */
const TITLE =
  /(?<!(?:user|customer|client|employee|talent|revenue|net|cohort) )\bretention\b(?! (?:rate|curve|cohort|analysis|metrics?))|\bretain\b|\bdata lifecycle\b|\bhow long (?:do )?we (?:keep|store)|\bstorage period|\bdata deletion\b/i;
/** Of a section in a document about something else: more than the one word, unless the whole is about data. */
const SECTION =
  /\b(?:data|logs?|records?|information)\b.{0,30}\bretention|\bretention (?:policy|policies|periods?|schedules?|times?)\b|\bhow long (?:do )?we (?:keep|store|retain)|\bdata deletion\b|\bdata lifecycle\b/i;
const ABOUT_DATA = /\b(?:privacy|security|data protection|gdpr|compliance|data handling|pii)\b/i;
/** How long copies are kept is the backup's own rule. */
const BACKUP = /\bbackups?\b/i;
const PRIVACY = /(^|\/)(?:privacy|datenschutz|data-?protection|gdpr)[\w-]*(?:\/page)?\.(?:[jt]sx|mdx?)$/i;
const HEADING = /<h[1-6][^>]*>([^<]*\b(?:retention|retain|how long|storage period)\b[^<]*)<\/h[1-6]>/i;
const DURATION =
  /\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve|thirty|sixty|ninety)[\s-]+(?:hour|day|week|month|year)s?\b|\b\d+\s*(?:d|h|mo|y)\b|\bindefinitely\b|\bfor ever\b|\bas long as (?:the|your|an?) (?:account|contract)|\b(?:when|once|if|while|after) (?:you|your account|the (?:user|customer|account)|an account)\s[\w\s]{0,24}?(?:delet\w+|clos\w+|active|remov\w+|terminat\w+)|\buntil (?:you|the (?:user|customer)|it is|they are) (?:delete|close)/i;
const DELETION = /\bdelet|\bpurg|\berase|\bremov|\bexpir|\bprun|\banonymi|\brotat|\boverwrit|\btrimm?ed/i;

/** Every policy, the fullest first. */
export function policiesOf(repo: Repo): readonly Policy[] {
  const written = documentsAbout(repo, ABOUT).flatMap((document) => {
    const { path, text, sections } = document;
    if (isTitled(document, TITLE) && !BACKUP.test(path)) return [policyOf(path, 0, text, PRIVACY.test(path))];
    const isData = isTitled(document, ABOUT_DATA);
    return sections
      .filter(({ title }) => (isData ? TITLE : SECTION).test(title) && !BACKUP.test(title + path))
      .map(({ at, body }) => policyOf(path, at, body, PRIVACY.test(path)));
  });
  const pages = privacyPages(repo)
    .filter(({ path }) => !written.some((each) => each.path === path))
    .filter(({ source }) => /retention|retain|\bkeep\b|\bstore\b/i.test(source))
    .map(({ path, source }) => pageOf(path, source))
    .filter(({ hasDuration, isTitled }) => hasDuration || isTitled);
  return [...written, ...pages]
    .filter(({ hasDuration, hasDeletion, isForm }) => hasDuration || hasDeletion || isForm)
    .sort(byFullness);
}

/** What a page says, without its tags: how long, below its heading about that, where it has one. */
function pageOf(path: string, source: string): Policy & { readonly isTitled: boolean } {
  const heading = HEADING.exec(source);
  const at = heading?.index ?? 0;
  const end = heading ? source.indexOf('<h', at + heading[0].length) : -1;
  const section = wordsOf(source.slice(at, end === -1 ? undefined : end));
  const whole = policyOf(path, at, wordsOf(source), true);
  return { ...whole, hasDuration: DURATION.test(section), isTitled: heading !== null };
}

function wordsOf(source: string): string {
  return source.replace(/<[^<>]*>|\{['"]\s*['"]\}/g, ' ').replace(/\s+/g, ' ');
}

function policyOf(path: string, at: number, text: string, isPublic: boolean): Policy {
  return {
    path,
    at,
    text,
    isPublic,
    hasDuration: DURATION.test(text),
    hasDeletion: DELETION.test(text),
    isForm: !isFilled(text),
  };
}

function byFullness(a: Policy, b: Policy): number {
  const score = ({ hasDuration, hasDeletion, isForm, isPublic }: Policy) =>
    Number(hasDuration) * 2 + Number(hasDeletion) - Number(isForm) * 4 - Number(isPublic) / 2;
  return score(b) - score(a);
}

const NAMES: Readonly<Record<StoreKind, RegExp>> = {
  SQLite: /sqlite|database|accounts?|users?|orders?/i,
  PostgreSQL: /postgres|database|accounts?|users?|orders?/i,
  MySQL: /mysql|mariadb|database|accounts?|users?|orders?/i,
  MongoDB: /mongo|database|accounts?|users?|orders?/i,
  Redis: /redis|valkey|cache|queue|sessions?|rate limit/i,
  Firestore: /firestore|firebase|accounts?|users?/i,
  DynamoDB: /dynamo|database|accounts?|users?/i,
  ClickHouse: /clickhouse|analytics|events?/i,
  Elasticsearch: /elastic|opensearch|search|index/i,
  'JSON files': /\bjson\b|files?/i,
};

/** Kinds of stores that the policy passes over in silence. */
export function unspokenStores(policy: Policy, kinds: ReturnType<typeof storeKinds>): readonly StoreKind[] {
  return policy.isPublic ? [] : kinds.filter((kind) => !NAMES[kind].test(policy.text));
}
