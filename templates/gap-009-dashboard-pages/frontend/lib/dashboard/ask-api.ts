/** Why one of this app's routes brought nothing, as far as a page has to tell it. */
export type ApiProblem =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'forbidden'; readonly message?: string }
  | { readonly kind: 'too-many'; readonly seconds: number | undefined }
  | { readonly kind: 'unavailable'; readonly message?: string }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'refused'; readonly message: string };

/** What a route brought, or why it brought nothing. */
export type ApiAnswer<T> = { readonly data: T } | { readonly problem: ApiProblem };

/** Longer than the routes themselves wait for the gateway. */
const LONGEST_WAIT = 15_000;
const UNAVAILABLE: ApiProblem = { kind: 'unavailable' };
const NO_RESPONSE: ApiProblem = {
  kind: 'unavailable',
  message: 'The server did not respond. Check your connection, then try again.',
};

interface Reply {
  readonly status: number;
  readonly wait: string | null;
  readonly body: unknown;
}

const underway = new Map<string, Promise<Reply | undefined>>();

/** Asks a route and reads its answer. Never throws: an answer of another shape is a problem to show, too. */
export async function askApi<T>(
  url: string,
  read: (body: unknown) => T,
  sent?: unknown,
): Promise<ApiAnswer<T>> {
  const reply = sent === undefined ? await shared(url) : await request(url, sent);
  const problem = problemOf(reply);
  if (problem || !reply) return { problem: problem ?? NO_RESPONSE };
  try {
    return { data: read(reply.body) };
  } catch (error) {
    return { problem: error instanceof ActionRefused ? refused(error.message) : { kind: 'unreadable' } };
  }
}

/** Thrown by a reader when the answer itself says that nothing was done. */
export class ActionRefused extends Error {}

/** Lists on one page that come from one route share a request. */
function shared(url: string): Promise<Reply | undefined> {
  const known = underway.get(url);
  if (known) return known;
  const asked = request(url).finally(() => underway.delete(url));
  underway.set(url, asked);
  return asked;
}

/** Undefined when there was no response. */
async function request(url: string, sent?: unknown): Promise<Reply | undefined> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), LONGEST_WAIT);
  try {
    const post = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(sent),
    };
    const response = await fetch(url, { signal: control.signal, ...(sent === undefined ? {} : post) });
    // A proxy in front may answer with an HTML page of its own.
    const body: unknown = await response.json().catch(() => undefined);
    return { status: response.status, wait: response.headers.get('retry-after'), body };
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** What a status says that is no success, for a page that asks by itself. */
export function problemFor(status: number): ApiProblem {
  return problemOf({ status, wait: null, body: undefined }) ?? UNAVAILABLE;
}

function problemOf(reply: Reply | undefined): ApiProblem | undefined {
  if (!reply) return NO_RESPONSE;
  const { status, wait, body } = reply;
  if (status < 400) return undefined;
  if (status === 401) return { kind: 'signed-out' };
  if (status === 403) return { kind: 'forbidden', ...wordedIn(body) };
  if (status === 429) return { kind: 'too-many', seconds: secondsIn(wait) };
  if (status >= 500) return { kind: 'unavailable', ...wordedIn(body) };
  return refused(messageIn(body) ?? 'The request was not accepted.');
}

function refused(message: string): ApiProblem {
  return { kind: 'refused', message };
}

function secondsIn(wait: string | null): number | undefined {
  const seconds = Number(wait ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
}

/** What the app itself says of a failure: its routes send a code with it, and what stands in front of them does not. */
function wordedIn(body: unknown): { readonly message?: string } {
  const message = textIn(body, 'code') === undefined ? undefined : messageIn(body);
  return message === undefined ? {} : { message };
}

/** What is wrong with a certain field, or with the request. */
function messageIn(body: unknown): string | undefined {
  const details = fieldIn(body, 'details');
  return textIn(Array.isArray(details) ? details[0] : undefined, 'message') ?? textIn(body, 'error');
}

function textIn(body: unknown, name: string): string | undefined {
  const said = fieldIn(body, name);
  return typeof said === 'string' && said !== '' ? said : undefined;
}

function fieldIn(body: unknown, name: string): unknown {
  return new Map<string, unknown>(Object.entries(Object(body))).get(name);
}
