/** Methods that change nothing, so it does not matter which site sends them. */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request may use the session's cookie: it changes nothing, comes from a page of this site, or from no
 * browser. Browsers send Origin with every POST, and no page can change it or the host that it asks.
 */
export function isSameOrigin({ method, headers }: Request): boolean {
  if (SAFE.includes(method)) return true;
  const origin = headers.get('origin');
  if (origin === null) return ['same-origin', 'none', null].includes(headers.get('sec-fetch-site'));
  const host = hostOf(origin);
  // Not every proxy passes Host on, so the configured address counts as well.
  return host !== undefined && (host === headers.get('host') || host === hostOf(process.env.NEXTAUTH_URL ?? ''));
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).host;
  } catch {
    return undefined;
  }
}
