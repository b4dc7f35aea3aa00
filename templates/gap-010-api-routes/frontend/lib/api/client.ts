import type { z } from 'zod';

/** What a request to this app's API came to. */
export type Asked<Data> =
  | { readonly isOk: true; readonly data: Data }
  | {
      readonly isOk: false;
      /** 0 if there was no response. */
      readonly status: number;
      readonly code: string;
      /** What went wrong, worded for the user. */
      readonly error: string;
    };

/** Messages for statuses that a proxy or the middleware may answer with, in words of their own or none. */
const MESSAGES = new Map([
  [401, 'Sign in to continue.'],
  [413, 'This is too large to send.'],
  [429, 'Too many requests. Wait a minute, then try again.'],
  [502, 'This is not available right now. Try again in a moment.'],
  [503, 'This is not available right now. Try again in a moment.'],
  [504, 'This takes too long right now. Try again in a moment.'],
]);

/**
 * Asks an API route of this app, with `body` as JSON if there is one. Never throws: a missing response, and one of
 * another shape than the schema's, are results too.
 */
export async function askApi<Schema extends z.ZodTypeAny>(
  path: string,
  schema: Schema,
  { method, body }: { readonly method?: string; readonly body?: unknown } = {},
): Promise<Asked<z.output<Schema>>> {
  try {
    const response = await fetch(path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) return failed(response.status, await response.json().catch(() => undefined));
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    return parsed.success ? { isOk: true, data: parsed.data } : failed(502, undefined);
  } catch {
    const error = "The server isn't responding. Check your connection and try again.";
    return { isOk: false, status: 0, code: 'no_response', error };
  }
}

function failed(status: number, said: unknown): Asked<never> {
  // Only our own routes send a code, and words for people with it.
  const code = textOf(said, 'code');
  const own = code === undefined ? undefined : textOf(said, 'error');
  const error = own ?? MESSAGES.get(status) ?? textOf(said, 'error') ?? 'Something went wrong. Try again in a moment.';
  return { isOk: false, status, code: code ?? 'failed', error };
}

/** What a failed response of this app's API says to the user. */
export async function failureOf(response: Response): Promise<string> {
  const said: unknown = await response.json().catch(() => undefined);
  const asked = failed(response.status, said);
  return asked.isOk ? '' : asked.error;
}

function textOf(said: unknown, name: string): string | undefined {
  const value = new Map(Object.entries(Object(said))).get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
