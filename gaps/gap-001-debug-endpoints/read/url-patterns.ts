/** `/api/test`, and not `/api` as a whole. */
export function isAboutFolder(path: string): boolean {
  return plain(path).split('/').length > 2;
}

/** The paths that stand between quotes in code. */
export function pathsNamedIn(source: string): readonly string[] {
  return [...source.matchAll(/(['"`])(\/[^'"`\n]*)\1/g)].map(([, , path = '']) => path);
}

/**
 * A pattern of a matcher, or of a list of paths: a prefix, or everything but some prefixes. No pattern of the target
 * is ever run as one.
 */
export function isMatch(pattern: string, url: string): boolean {
  if (pattern === '/') return false;
  const but = /^\/\(\(\?!([^()]*(?:\([^()]*\)[^()]*)*)\)/.exec(pattern)?.[1];
  if (but !== undefined) return !but.split('|').some((each) => isPrefix(`/${plain(each)}`, url));
  if (/^\/\(api\|/.test(pattern) || /\|api\)/.test(pattern)) return true;
  return isPrefix(plain(pattern), url);
}

/** What of a pattern is plain text, up to its first special character. */
function plain(pattern: string): string {
  return /^[\w/-]*/.exec(pattern)?.[0].replace(/\/$/, '') ?? '';
}

function isPrefix(prefix: string, url: string): boolean {
  return prefix === '' || url === prefix || url.startsWith(`${prefix}/`);
}

/** `/` alone is the home page, not everything. */
export function isSpecific(path: string): boolean {
  return path !== '/';
}
