/** Where a person wanted to go before they were asked to sign in: a path of this site, nothing else. */
export function afterSignIn(): string {
  const wanted = new URLSearchParams(window.location.search).get('callbackUrl');
  if (!wanted) return '/dashboard';
  try {
    const { origin, pathname, search } = new URL(wanted, window.location.origin);
    // Two slashes at the front would be another host.
    return origin === window.location.origin ? pathname.replace(/^\/+/, '/') + search : '/dashboard';
  } catch {
    return '/dashboard';
  }
}
