import { NextResponse } from 'next/server';
import { refuse } from '@/lib/api/answers';

/** People stop waiting at about ten seconds. UPSTREAM_TIMEOUT_MS is for services that take longer. */
const TIMEOUT_MS = 8000;
/** Statuses that are about the request, so that its sender can do something about them. */
const ABOUT_REQUEST = [400, 404, 409, 422];
const LONGEST_MESSAGE = 300;

/** Asks one of our services. Never answers from a cache, and gives up after a while. Throws if there is no answer. */
export function askUpstream(url: string, init: RequestInit = {}): Promise<Response> {
  const limit = Number(process.env.UPSTREAM_TIMEOUT_MS) || TIMEOUT_MS;
  return fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(limit) });
}

/**
 * The response to a request that a service refused. Its 401 and 403 are about our key and not about the user, so they
 * are failures like every other status that the user can do nothing about.
 */
export async function upstreamRefusal(response: Response): Promise<NextResponse> {
  const { status } = response;
  if (ABOUT_REQUEST.includes(status)) {
    const said: unknown = await response.json().catch(() => undefined);
    return refuse(status, messageIn(said) ?? 'The request was refused.', 'refused_upstream');
  }
  console.error('A service failed', new Error(`${pathOf(response.url)} answered ${status}`));
  if (status !== 429) return refuse(502, 'This is not available right now. Try again in a moment.', 'upstream_failed');
  const retryAfter = Number(response.headers.get('Retry-After')) || 60;
  return refuse(503, 'Too many people are using this right now. Try again later.', 'upstream_busy', { retryAfter });
}

/** The response if a service did not answer, in time or at all, or not in JSON. The cause stays in the log. */
export function upstreamFailure(error: unknown): NextResponse {
  console.error('A service did not answer', error);
  if (error instanceof Error && error.name === 'TimeoutError')
    return refuse(504, 'This takes too long right now. Try again in a moment.', 'upstream_timeout');
  return refuse(502, 'This is not available right now. Try again in a moment.', 'upstream_failed');
}

function messageIn(said: unknown): string | undefined {
  const message = typeof said === 'object' && said !== null && 'error' in said ? said.error : undefined;
  return typeof message === 'string' && message !== '' ? message.slice(0, LONGEST_MESSAGE) : undefined;
}

/** Without the query, which may hold what the user typed. */
function pathOf(url: string): string {
  return url.replace(/[?#].*$/, '');
}
