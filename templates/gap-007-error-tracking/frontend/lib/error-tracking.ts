/** Nobody's address, no cookie, body or query leaves with a report; what the code itself puts in is scrubbed. */
const COLLECTED = {
  userInfo: false,
  cookies: false,
  httpHeaders: { request: { allow: ['content-type', 'user-agent'] }, response: false },
  httpBodies: [],
  urlQueryParams: false,
  databaseQueryData: false,
  stackFrameVariables: false,
};

/** What the browser, the server and the edge have in common. */
export function trackingOptions(dsn: string) {
  return { dsn, dataCollection: COLLECTED, beforeSend: scrub, beforeSendTransaction: scrub };
}

/** Where the browser sends reports, for connect-src of the Content-Security-Policy; empty without a DSN. */
export function reportOrigin(dsn = process.env.NEXT_PUBLIC_SENTRY_DSN): string {
  try {
    return dsn ? new URL(dsn).origin : '';
  } catch {
    return '';
  }
}

/** The last label starts with a letter: next@14.0.4 in a path of a stack trace is no address. */
const EMAIL =
  /[^\s<>()[\]{},;:"'`@/\\?&=%]{1,64}(?:@|%40)(?:[^\s<>()[\]{},;:"'`@/\\?&=%.]{1,63}\.){1,8}[a-z][a-z0-9-]+/gi;
/** A link that resets a password opens the account until it is used. */
const SECRET_PARAMETER =
  /(^|[?&#])([\w-]{0,32}(?:token|code|password|secret|signature|key)[\w-]{0,32})=[^&#\s"'`]+/gi;
const SECRET_NAME = /passw(or)?d|secret|token|authorization|cookie|api[-_]?key/i;

/** An event without e-mail addresses and without what opens a door. */
export function scrub<Report extends object>(event: Report): Report {
  return cleaned(event, new WeakMap()) as Report;
}

function cleaned(value: unknown, seen: WeakMap<object, unknown>): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (!isPlain(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    seen.set(value, list);
    for (const item of value) list.push(cleaned(item, seen));
    return list;
  }
  const record: Record<string, unknown> = {};
  seen.set(value, record);
  for (const [name, each] of Object.entries(value)) {
    const isSecret = typeof each === 'string' && SECRET_NAME.test(name);
    record[cleanText(name)] = isSecret ? '[secret]' : cleaned(each, seen);
  }
  return record;
}

function cleanText(text: string): string {
  return text.replace(EMAIL, '[email]').replace(SECRET_PARAMETER, '$1$2=[secret]');
}

/** Instances of classes are Sentry's own, and never leave the process. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
