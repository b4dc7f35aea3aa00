import type { ErrorEvent, EventHint } from '@sentry/nextjs';
import { scrub } from '@/lib/error-tracking/scrub';

/** Nothing of a visitor is collected. Every kind is named: of one that is not, the SDK collects everything. */
const COLLECTED = {
  userInfo: false,
  cookies: false,
  httpHeaders: { request: false, response: false },
  httpBodies: [],
  urlQueryParams: false,
  graphQL: { document: false, variables: false },
  genAI: { inputs: false, outputs: false },
  databaseQueryData: false,
  stackFrameVariables: false,
  // The source's own.
  frameContextLines: 5,
};

/** For requestDataIntegration(), which attaches a body whatever `dataCollection` says. */
export const NOTHING_OF_A_REQUEST = { data: false, cookies: false, headers: false, query_string: false, ip: false };

/** What the browser, the server and the edge have in common. No header that Sentry could follow goes to other servers. */
export function trackingOptions(dsn: string) {
  return { dsn, dataCollection: COLLECTED, tracePropagationTargets: [], beforeSend: reportOf };
}

/** The report without what it must not tell; null where it is noise, or was sent from where the error was thrown. */
export function reportOf(event: ErrorEvent, { originalException }: EventHint = {}): ErrorEvent | null {
  if (isRepeated(event, originalException) || isNoise(event)) return null;
  const digest = digestOf(originalException);
  return scrub(digest === undefined ? event : { ...event, tags: { ...event.tags, digest } });
}

/** What React renders in place of a server component that failed, on the server and in the browser. */
const STAND_IN = 'An error occurred in the Server Components render';

function isRepeated(event: ErrorEvent, original: unknown): boolean {
  if (textOf(event).includes(STAND_IN)) return true;
  // A digest marks an error of the server, which reports it.
  if (typeof window !== 'undefined' && hasDigest(original)) return true;
  // Next.js logs as text (" ⨯ Error: …") what its wrappers have reported.
  return event.logger === 'console' && !event.exception && /^.{0,12}⨯/.test(event.message ?? '');
}

/** An address or a cookie that cannot be read is a visitor's: every scanner would be a stream of reports. */
function isNoise(event: ErrorEvent): boolean {
  const text = textOf(event);
  if (/URIError|DecodeError/.test(text) && !isReadable(event.request?.url)) return true;
  return /\bJW[EST][A-Z]\w+: |\[JWT_SESSION_ERROR\][^{]*(?:decryption operation failed|Invalid Compact JWE|JWEInvalid)/.test(text);
}

function textOf({ message = '', exception }: ErrorEvent): string {
  return [message, ...(exception?.values ?? []).map(({ type, value }) => `${type}: ${value}`)].join('\n');
}

function isReadable(url = ''): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

/** The reference that a boundary shows, as Next.js makes it: a report is found by it. */
function digestOf(error: unknown): string | undefined {
  if (typeof window !== 'undefined' || !(error instanceof Error)) return undefined;
  if (hasDigest(error)) return error.digest;
  const text = `${error.message}${error.stack}`;
  let hash = 5381;
  for (let at = text.length - 1; at >= 0; at -= 1) hash = (Math.imul(hash, 33) ^ text.charCodeAt(at)) >>> 0;
  return String(hash);
}

function hasDigest(error: unknown): error is { readonly digest: string } {
  return typeof error === 'object' && error !== null && 'digest' in error && typeof error.digest === 'string';
}
