/** Where the user was headed before they had to sign in. Only paths on this site are allowed. */
export function afterSignIn(): string {
  const wanted = new URLSearchParams(window.location.search).get('callbackUrl');
  if (!wanted) return '/dashboard';
  try {
    const { origin, pathname, search } = new URL(wanted, window.location.origin);
    // A path that starts with two slashes would lead to another host.
    return origin === window.location.origin ? pathname.replace(/^\/+/, '/') + search : '/dashboard';
  } catch {
    return '/dashboard';
  }
}
