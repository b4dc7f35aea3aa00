/** The operator's token for an owner's account. It stands behind the #, which browsers do not send. */
export function setupToken(): string | undefined {
  return new URLSearchParams(window.location.hash.slice(1)).get('setup-token') ?? undefined;
}
