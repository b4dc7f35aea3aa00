import type { NextApp, Repo } from '../../src/contract.ts';
import type { CodeBase, Place } from '../../src/read/code/code-base.ts';
import { blankComments } from '../../src/read/code/comments.ts';
import { importersOf } from '../../src/read/code/imports.ts';
import { basename, isInside } from '../../src/repo/paths.ts';
import type { Tracking } from './tracking.ts';

/** In a text, or as the value of a property of that name. */
const CONNECT =
  /connect-src\s+([^;"'`\\]*(?:'self'|'none')?[^;"`\n]*)|(?:['"]connect-src['"]|\bconnectSrc)\s*:\s*(\[[^\]]*\]|"[^"\n]*"|'[^'\n]*'|`[^`]*`)/g;
/** A file that answers requests, and is no page. */
export const HANDLER = /(^|\/)route\.[cm]?[jt]sx?$|(^|\/)pages\/api\//;
const DIRECTIVES = ['connect-src', 'connectSrc', 'default-src'];
/** Cheap words without which there is none. */
const TUNNEL_WORDS = ['tunnel', 'api_host', 'rewrites'];
/** Where no connect-src is written, this one counts (developer.mozilla.org: connect-src, "fallback"). */
const FALLBACK = /default-src\s+([^;"`\n]*)/g;
/** Sent through the app's own address, where the policy says 'self'. */
const TUNNEL =
  /\btunnel(?:Route)?\s*:|api_host\s*:\s*['"`]\/|\brewrites\b[\s\S]{0,800}?(?:ingest|posthog|bugsnag)/;
/** What Next.js runs by its name, and where the rest of the app's code is reached from. */
const ENTRY =
  /^(page|layout|template|route|error|global-error|loading|not-found|default|middleware|proxy|instrumentation(-client)?|next\.config|_app|_document|_middleware|server)\.[cm]?[jt]sx?$/;

/** The production policy that keeps the browser from reaching the tracker; undefined where none does. */
export function findBlockingPolicy(repo: Repo, { app, base, declared }: Tracking): Place | undefined {
  const inBrowser = declared.filter(
    ({ tracker, starts }) => tracker.ingest && starts.some(({ side }) => side !== 'server'),
  );
  if (inBrowser.length === 0 || hasTunnel(repo, base)) return undefined;
  const isNamed = (sources: string) => inBrowser.every(({ tracker }) => tracker.ingest?.test(sources));
  const [found] = closedPolicies(repo, app, base, isNamed);
  return found;
}

/** Whether events leave through the app's own address. */
export function hasTunnel(repo: Repo, base: CodeBase): boolean {
  return base.code.some((path) => {
    const text = repo.peek(path) ?? '';
    return TUNNEL_WORDS.some((word) => text.includes(word)) && TUNNEL.test(text);
  });
}

/** The places in running code that write a connect-src which lets only named hosts through, and not these. */
export function closedPolicies(
  repo: Repo,
  app: NextApp,
  base: CodeBase,
  isNamed: (sources: string) => boolean,
): readonly Place[] {
  const paths = [app.middlewarePath, app.configPath, ...base.code].flatMap((path) => path ?? []);
  return [...new Set(paths)].flatMap((path) => {
    const text = repo.peek(path);
    if (text === undefined || !DIRECTIVES.some((word) => text.includes(word))) return [];
    // What a route answers is no page, unless it says so: the policy of a picture is the picture's.
    if (HANDLER.test(path) && !/text\/html/i.test(text)) return [];
    const found = [...blankComments(text).matchAll(directiveOf(text))].filter((match) => {
      const sources = match[1] ?? match[2] ?? '';
      return !isOpen(text, match.index + match[0].length, sources) && !isNamed(sources);
    });
    if (found.length === 0 || !isReached(repo, app, path)) return [];
    return found.map((match) => ({ path, at: match.index, match: match[0] }));
  });
}

function directiveOf(text: string): RegExp {
  const isWhole = !/connect/i.test(text) && /Content-Security-Policy(?!-Report-Only)/i.test(text);
  return isWhole ? FALLBACK : CONNECT;
}

/** Open to all, put together at run time, or nothing at all. */
function isOpen(text: string, end: number, sources: string): boolean {
  return (
    /(^|[\s'"`[])(\*|https:)([\s'"`\]]|$)/.test(sources) ||
    /\$\{|\+|\.\.\./.test(sources + text.charAt(end)) ||
    sources.trim() === ''
  );
}

/** Whether anything runs a file: a policy in code that nobody imports any more keeps nobody from anything. */
function isReached(repo: Repo, app: NextApp, path: string): boolean {
  if (!isInside(app.dir, path)) return true;
  const seen = new Set<string>();
  const waiting = [path];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    if (isEntry(app, each)) return true;
    waiting.push(...importersOf(repo, { dir: app.dir, files: app.files }, each).map((one) => one.path));
  }
  return false;
}

function isEntry(app: NextApp, path: string): boolean {
  return (
    (ENTRY.test(basename(path)) &&
      !(/middleware|proxy/.test(basename(path)) && path !== app.middlewarePath)) ||
    (app.pagesDir !== undefined && isInside(app.pagesDir, path))
  );
}
