import type { NextApp, Repo } from '../../../src/contract.ts';
import { blankComments, withoutComments } from '../../../src/read/code/comments.ts';
import { specifierWords } from '../../../src/read/code/specifier-words.ts';
import { pages, routeHandlers } from '../../../src/read/next/next-routes.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { basename } from '../../../src/repo/paths.ts';
import { NAVIGATION_FILE, NOT_READY, TEST_FILE } from '../tables.ts';

/** A link of a navigation component. */
export interface NavLink {
  readonly path: string;
  readonly at: number;
  readonly href: string;
}

const HREF =
  /\b(?:href|url|path|to|link)\s*[:=]\s*(?:\{\s*)?(["'`])(\/dashboard(?:\/[\w\-/]*)?)(?:[?#][^"'`]*)?\1/g;

/** The links to the dashboard in components of navigation that something imports. Entries marked as not ready are none. */
export function navLinks(repo: Repo, app: NextApp): readonly NavLink[] {
  return app.files.flatMap((path): NavLink[] => {
    if (!NAVIGATION_FILE.test(basename(path)) || TEST_FILE.test(path) || /\/api\//.test(path)) return [];
    const text = repo.peek(path) ?? '';
    if (!text.includes('/dashboard')) return [];
    const code = blankComments(text);
    const links = [...code.matchAll(HREF)].flatMap(({ index, 2: href = '' }) => {
      const entry = code.slice(index, index + 200).split(/\}|\/?>/, 1)[0] ?? '';
      return NOT_READY.test(entry) ? [] : [{ path, at: index, href: href.replace(/(.)\/$/, '$1') }];
    });
    return links.length > 0 && isUsed(repo, app, path) ? links : [];
  });
}

/** Next.js calls layouts itself; any other file counts when another names it in an import. */
function isUsed(repo: Repo, { files }: NextApp, path: string): boolean {
  const stem = basename(path).replace(/\.\w+$/, '');
  if (/^(layout|page|template)$/.test(stem)) return true;
  return (
    specifierWords(repo, files)
      .get(stem)
      ?.some((other) => other !== path) ?? false
  );
}

/** Whether the configuration may send what the API is asked to another server. */
export function mayBeRewritten(repo: Repo, app: NextApp): boolean {
  const config = app.configPath === undefined ? '' : withoutComments(repo, app.configPath);
  return /\b(?:rewrites|basePath|pageExtensions)\b/.test(config);
}

/** Whether anything but a page may answer at an address, so that a link without page proves nothing. */
function mayBeServedElsewhere(repo: Repo, app: NextApp): boolean {
  const config = app.configPath === undefined ? '' : withoutComments(repo, app.configPath);
  const front = app.middlewarePath === undefined ? '' : (repo.peek(app.middlewarePath) ?? '');
  return (
    /\b(rewrites|redirects|basePath|pageExtensions)\b/.test(config) ||
    /\.rewrite\(|createMiddleware\(/.test(front)
  );
}

/** The links that no page, route or catch-all of the app serves; each address once per file. */
export function deadLinks(repo: Repo, app: NextApp, links: readonly NavLink[]): readonly NavLink[] {
  if (links.length === 0 || mayBeServedElsewhere(repo, app)) return [];
  const urls = [...pages(repo, app), ...routeHandlers(repo, app)].map(({ url }) => url);
  if (!urls.some((url) => /(^|\/)dashboard(\/|$)/.test(url))) return [];
  const isServed = servedBy(urls);
  const seen = new Set<string>();
  return links.filter(({ path, href }) => {
    const key = `${path} ${href}`;
    if (seen.has(key) || isServed(href)) return false;
    seen.add(key);
    return true;
  });
}

/** Most addresses are plain words; a pattern is made of the others alone, and asked where its beginning fits. */
function servedBy(urls: readonly string[]): (href: string) => boolean {
  const plain = new Set(urls);
  const patterns = urls
    .filter((url) => /[^\w\-/]/.test(url))
    .map((url) => ({ start: url.replace(/\/?[^\w\-/].*/s, ''), pattern: patternOf(url) }));
  return (href) =>
    plain.has(href) ||
    plain.has(href.replace(/(.)\/$/, '$1')) ||
    patterns.some(({ start, pattern }) => href.startsWith(start) && pattern.test(href));
}

/** A leading dynamic segment is a language or a tenant, which links may leave out. */
function patternOf(url: string): RegExp {
  const parts = url.split('/').slice(1);
  const last = parts.length - 1;
  return new RegExp(
    `^${parts.map((part, index) => dynamic(part, index === 0, index === last) ?? `/${escaped(part)}`).join('')}/?$`,
  );
}

/** What may stand for a segment in brackets. Only the last one may catch all that follows, as in Next.js. */
function dynamic(part: string, isFirst: boolean, isLast: boolean): string | undefined {
  if (!/^\[.*\]$/.test(part)) return undefined;
  if (isLast && part.startsWith('[[...')) return '(?:/.+)?';
  if (isLast && part.startsWith('[...')) return '/.+';
  return isFirst ? '(?:/[^/]+)?' : '/[^/]+';
}
