/** The response of one of this app's routes. */
export interface Posted {
  readonly isOk: boolean;
  /** 0 if there was no response. */
  readonly status: number;
  /** What went wrong, worded for the user. */
  readonly error: string;
  readonly body: { readonly error?: string; readonly code?: string; readonly confirmationSent?: boolean };
}

/** Posts JSON to a route of this app. Never throws: a missing response is a result too. */
export async function postJson(path: string, body: unknown): Promise<Posted> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    // When the app is down, a proxy in front may respond with an HTML page of its own.
    const said: Posted['body'] = await response.json().catch(() => ({}));
    const error = said.error ?? 'Something went wrong. Try again in a moment.';
    return { isOk: response.ok, status: response.status, error, body: said };
  } catch {
    const error = "The server isn't responding. Check your connection and try again.";
    return { isOk: false, status: 0, error, body: {} };
  }
}
