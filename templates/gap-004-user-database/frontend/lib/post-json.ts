/** The answer of one of this app's routes. */
export interface Posted {
  readonly isOk: boolean;
  /** 0 if there was no answer. */
  readonly status: number;
  /** What went wrong, in words for the person. */
  readonly error: string;
  readonly body: { readonly error?: string; readonly code?: string; readonly confirmationSent?: boolean };
}

/** Sends JSON to a route of this app. It never throws: a missing answer is a result too. */
export async function postJson(path: string, body: unknown): Promise<Posted> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    // A proxy in front answers with a page of its own when the app is down.
    const said: Posted['body'] = await response.json().catch(() => ({}));
    const error = said.error ?? 'Something went wrong. Try again in a moment.';
    return { isOk: response.ok, status: response.status, error, body: said };
  } catch {
    const error = "The server isn't responding. Check your connection and try again.";
    return { isOk: false, status: 0, error, body: {} };
  }
}
