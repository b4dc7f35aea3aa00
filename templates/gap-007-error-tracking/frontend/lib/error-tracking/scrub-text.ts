import { HIDDEN, scrubPairs } from '@/lib/error-tracking/secret-pairs';
import { isOdd } from '@/lib/error-tracking/sentence-words';

/** Longer texts are truncated to bound the time spent scrubbing. */
const LONGEST = 16_384;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;
const JSON_WEB_TOKEN = /\beyJ[\w+/=-]{8,}(?:\.[\w-]*){0,4}/g;
/** Keys with the prefix of the service that issued them. */
const PREFIXED = new RegExp(
  `\\b(?:${[
    '(?:re|[spr]k|whsec|gsk|e2b|gh[opusr]|github_pat|npm|hf|r8|sntry[su]|shp(?:at|ss|ca)|dop_v1|sbp)_[\\w-]{3,}',
    '(?:sk|xox[abeoprs]|glpat|tvly|pplx|xai)-[\\w-]{8,}',
    '(?:AKIA|ASIA)[A-Z0-9]{12,}|AIza[\\w-]{20,}|ya29\\.[\\w-]{10,}|SG\\.[\\w-]{8,}\\.[\\w-]{8,}',
  ].join('|')})`,
  'g',
);
const SCHEME = /\b(Bearer|Basic|Digest|Negotiate)([ \t]{1,4}["']?)([^\s"'`,;<>]+)/gi;
/** A password hash as it is stored: `scrypt$32768$8$…`, `$2b$12$…`, `$argon2id$v=19$…`. */
const PASSWORD_HASH = /(?:\bscrypt|\bpbkdf2[\w-]{0,12}|\$2[abxy]|\$argon2(?:id|[id]))\$[\w.+/=,$-]{10,}/g;
/** The OpenID client quotes both values, and one of them is in the visitor's cookie. */
const MISMATCH = /\b(state|nonce)( mismatch, expected )[^\s,]+(, got: )[^\s,]+/g;
/** JSON.parse() quotes part of the text that it could not parse, such as a request body. */
const UNREADABLE = /(, (?:\.\.\.)?)"[\s\S]{0,120}?"(?=(?:\.\.\.)? is not valid JSON)|(Unexpected identifier )"[^"]*"/g;
/** `user:password@` in a URL. In database URLs, the password may contain any character. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]{0,512}@/gi;
const DATABASE_USER_INFO =
  /(\b(?:rediss?|postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|amqps?|smtps?):\/\/)[^\s"'<>]{0,256}@/gi;
const IPV4 = /(^|[^\w./-]|\/\/)(?:::ffff:)?((?:\d{1,3}\.){3}\d{1,3})(?![\w-]|\.\d)/gi;
/** Global addresses begin with 2 or 3. */
const IPV6 = /(^|[^\w:.])([23][0-9a-f]{3}(?::[0-9a-f]{0,4}){2,7})(?![\w:])/gi;
/** Private and loopback addresses. */
const NOBODYS = /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./;
const ESCAPES = /(?:%[0-9a-f]{2})+|\\u00[2-7][0-9a-f]|&(?:quot|apos|amp|#0?3[49]|#x2[27]);/gi;
const LOCAL_PART = /[^\s<>()[\]{},;:"'`@/\\?&=%|]+$/;
/** Does not match versions, as in next@14.0.4. */
const DOMAIN = /^(?!\d+\.\d+)(?:[^\s<>()[\]{},;:"'`@/\\?&=%.|]{1,63}\.){1,8}[a-z][a-z0-9-]+/i;

/** Removes secrets, email addresses, and visitors' network addresses from a text. */
export function scrubText(text: string): string {
  return scrubDecoded(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, 3);
}

/** Also decodes escapes such as `%3D` and `&quot;`. Returns the decoded text only if they hid a secret. */
function scrubDecoded(text: string, rounds: number): string {
  const clean = scrubShapes(scrubPairs(text));
  const plain = rounds > 0 ? clean.replace(ESCAPES, decoded) : clean;
  if (plain === clean) return clean;
  const found = scrubDecoded(plain, rounds - 1);
  return found === plain ? clean : found;
}

function decoded(escape: string): string {
  if (escape.startsWith('\\')) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  if (escape.startsWith('&')) return /amp/i.test(escape) ? '&' : /quot|34|22/i.test(escape) ? '"' : "'";
  try {
    return decodeURIComponent(escape);
  } catch {
    return escape;
  }
}

/** Hides secrets recognizable by their format, whatever their name. */
function scrubShapes(text: string): string {
  const keyless = text
    .replace(PRIVATE_KEY, HIDDEN)
    .replace(JSON_WEB_TOKEN, HIDDEN)
    .replace(PREFIXED, (key) => (isKey(key) ? HIDDEN : key))
    .replace(SCHEME, (all: string, scheme: string, gap: string, value: string) =>
      isProse(scheme, value) ? all : `${scheme}${gap}${HIDDEN}`,
    )
    .replace(PASSWORD_HASH, HIDDEN)
    .replace(MISMATCH, `$1$2${HIDDEN}$3${HIDDEN}`)
    .replace(UNREADABLE, '$1$2"[text]"')
    .replace(IPV4, (all: string, before: string, address: string) => (isVisitor(address) ? `${before}[ip]` : all))
    .replace(IPV6, (all: string, before: string, address: string) =>
      address.includes('::') || address.split(':').length === 8 ? `${before}[ip]` : all,
    );
  if (!keyless.includes('@')) return keyless;
  return scrubEmails(keyless.replace(DATABASE_USER_INFO, `$1${HIDDEN}@`).replace(USER_INFO, `$1${HIDDEN}@`));
}

/** Identifiers in code may have the same prefix (re_render), but contain neither capitals nor digits. */
function isKey(key: string): boolean {
  return /^[spr]k_(?:live|test)_/.test(key) || /[A-Z0-9]/.test(key.replace(/^(?:e2b|r8|dop_v1)_/, ''));
}

function isProse(scheme: string, value: string): boolean {
  if (value.startsWith(HIDDEN)) return true;
  if (/^bearer$/i.test(scheme))
    return /^(?:tokens?|auth\w*|scheme|header|realm|is|was|or|and|not|error)\W*$/i.test(value);
  return value.length < 20 && !isOdd(value);
}

function isVisitor(address: string): boolean {
  return !NOBODYS.test(address) && address.split('.').every((part) => Number(part) < 256);
}

function scrubEmails(text: string): string {
  let clean = '';
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const local = LOCAL_PART.exec(text.slice(Math.max(from, at - 64), at))?.[0];
    const domain = local === undefined ? undefined : DOMAIN.exec(text.slice(at + 1, at + 256))?.[0];
    if (local === undefined || domain === undefined) continue;
    clean += `${text.slice(from, at - local.length)}[email]`;
    from = at + 1 + domain.length;
  }
  return clean + text.slice(from);
}
