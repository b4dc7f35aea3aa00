/** Where a person wanted to go before they were asked to sign in: a path of this site, nothing else. */
export function afterSignIn(): string {
  const wanted = new URLSearchParams(window.location.search).get('callbackUrl');
  if (!wanted) return '/dashboard';
  try {
    const { origin, pathname, search } = new URL(wanted, window.location.origin);
    return origin === window.location.origin ? pathname + search : '/dashboard';
  } catch {
    return '/dashboard';
  }
}
