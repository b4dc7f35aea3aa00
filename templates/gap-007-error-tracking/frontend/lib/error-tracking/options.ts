import type { ErrorEvent, EventHint } from '@sentry/nextjs';
import { isOverLimit } from '@/lib/error-tracking/report-limit';
import { scrub } from '@/lib/error-tracking/scrub';

/** Excludes all visitor data. Lists every kind, because the SDK collects any kind that is not listed. */
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
  // The number of source lines that a report shows around each call.
  frameContextLines: 5,
};

/** For requestDataIntegration(), which attaches the body even if `dataCollection` excludes it. */
export const NOTHING_OF_A_REQUEST = { data: false, cookies: false, headers: false, query_string: false, ip: false };

/** Options shared by the browser, server, and edge. Requests to other servers carry no trace headers. */
export function trackingOptions(dsn: string) {
  return { dsn, dataCollection: COLLECTED, tracePropagationTargets: [], beforeSend: reportOf };
}

/** The scrubbed report, or null if the report is noise, a duplicate, or over the limit for its kind. */
export function reportOf(event: ErrorEvent, { originalException }: EventHint = {}): ErrorEvent | null {
  if (isRepeated(event, originalException) || isNoise(event, originalException) || isOverLimit(event)) return null;
  const digest = digestOf(originalException);
  return scrub(digest === undefined ? event : { ...event, tags: { ...event.tags, digest } });
}

/** React replaces a server component's error with this one, both on the server and in the browser. */
const STAND_IN = 'An error occurred in the Server Components render';

function isRepeated(event: ErrorEvent, original: unknown): boolean {
  if (textOf(event).includes(STAND_IN)) return true;
  // In the browser, a digest marks a server error, which the server reports itself.
  if (typeof window !== 'undefined' && hasDigest(original)) return true;
  // Next.js logs errors that were already reported again as text: " ⨯ Error: …".
  return event.logger === 'console' && !event.exception && /^.{0,12}⨯/.test(event.message ?? '');
}

/** How jose and NextAuth report an old or forged session cookie. */
const STRAY_COOKIE = new RegExp(
  [
    '\\b(?:JWE(?:DecryptionFailed|Invalid)|JWT(?:Expired|Invalid)): ',
    'JWT_SESSION_ERROR\\][^{]*(?:decryption operation failed|Invalid Compact JWE)',
  ].join('|'),
);

/** Malformed URLs and stray cookies come from scanners and old sessions; they are not failures of the app. */
function isNoise(event: ErrorEvent, original: unknown): boolean {
  const text = textOf(event);
  const isMalformed = /URIError|DecodeError/.test(text) && !isReadable(event.request?.url);
  return isMalformed || STRAY_COOKIE.test(text) || isStrayCookie(original);
}

/** Checks jose's error codes, because builds minify class names. */
function isStrayCookie(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && /^ERR_JW[TE]_/.test(String(error.code));
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

/** The reference that error boundaries show. Computed as Next.js does, from the message and the stack. */
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
