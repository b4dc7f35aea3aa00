import type { NextApp, Repo } from '../../../src/contract.ts';
import type { CodeBase, Place } from '../../../src/read/code/code-base.ts';
import { blankComments } from '../../../src/read/code/comments.ts';
import { importersOf } from '../../../src/read/code/imports.ts';
import { basename, isInside } from '../../../src/repo/paths.ts';
import { governsPages } from './policy-place.ts';
import { runningPart, type Tracking } from './tracking.ts';

/** In a text, or as the value of a property of that name. */
const CONNECT =
  /connect-src\s+([^;"'`\\]*(?:'self'|'none')?[^;"`\n]*)|(?:['"]connect-src['"]|\bconnectSrc)\s*:\s*(\[[^\]]{0,2000}\]|"[^"\n]*"|'[^'\n]*'|`[^`]{0,2000}`)/g;
/** Where no connect-src is written, this one counts (developer.mozilla.org: connect-src, "fallback"). */
const FALLBACK = /default-src\s+([^;"`\n]*)/g;
const DIRECTIVE = /connect-src|connectSrc|default-src/;
/** A file that answers requests, and is no page. */
export const HANDLER = /(^|\/)route\.[cm]?[jt]sx?$|(^|\/)pages\/api\//;
/** Sent through the app's own address, where the policy says 'self'. */
const TUNNEL =
  /\btunnel(?:Route)?\s*:|api_host\s*:\s*['"`]\/|\brewrites\b[\s\S]{0,800}?(?:ingest|posthog|bugsnag)/;
/** What puts headers on pages: Next.js runs it by its name, or a server of one's own starts it. */
const SERVES = /^(?:next\.config|_document|server)\.[cm]?[jt]sx?$/;
/** What draws pages. */
const DRAWS = /^(?:page|layout|template|_app|_document)\.[jt]sx?$/;

/** The production policy that keeps the browser from reaching the tracker; undefined where none does. */
export function blockingPolicy(repo: Repo, { app, base, declared }: Tracking): Place | undefined {
  const inBrowser = declared.filter(({ starts }) => starts.some(({ side }) => side !== 'server'));
  if (inBrowser.length === 0 || hasTunnel(repo, base)) return undefined;
  const isNamed = (sources: string) => inBrowser.every(({ tracker }) => tracker.ingest.test(sources));
  return closedPolicies(repo, app, base, isNamed)[0];
}

/** Whether events leave through the app's own address. */
export function hasTunnel(repo: Repo, base: CodeBase): boolean {
  return base.code.some((path) => repo.mentions(path, TUNNEL));
}

/** The places in running code that give pages a connect-src which lets only named hosts through, and not these. */
export function closedPolicies(
  repo: Repo,
  app: NextApp,
  base: CodeBase,
  isNamed: (sources: string) => boolean,
): readonly Place[] {
  return policiesOf(
    repo,
    app,
    base,
    (sources) => !isWide(sources) && !isAssembled(sources) && !isNamed(sources),
  );
}

/** The files that put a connect-src of pages together at run time, which reading cannot follow. */
export function assembledPolicies(repo: Repo, app: NextApp, base: CodeBase): readonly string[] {
  const found = policiesOf(repo, app, base, (sources) => isAssembled(sources) && !isWide(sources));
  return [...new Set(found.map(({ path }) => path))];
}

function policiesOf(
  repo: Repo,
  app: NextApp,
  base: CodeBase,
  isWanted: (sources: string) => boolean,
): readonly Place[] {
  const paths = [app.middlewarePath, app.configPath, ...base.code].flatMap((path) => path ?? []);
  return [...new Set(paths)].flatMap((path) => {
    if (!repo.mentions(path, DIRECTIVE)) return [];
    const text = repo.text(path);
    const found = [...blankComments(text).matchAll(directiveOf(text))].filter((match) => {
      const sources = match[1] ?? match[2] ?? '';
      return sources.trim() !== '' && isWanted(sources + text.charAt(match.index + match[0].length));
    });
    if (found.length === 0 || !reachesPages(repo, app, base, path)) return [];
    const module = repo.module(path);
    return found
      .filter((match) => governsPages(module, match.index))
      .map((match) => ({ path, at: match.index, match: match[0] }));
  });
}

function directiveOf(text: string): RegExp {
  const isWhole = !/connect/i.test(text) && /Content-Security-Policy(?!-Report-Only)/i.test(text);
  return isWhole ? FALLBACK : CONNECT;
}

/** Open to all. */
function isWide(sources: string): boolean {
  return /(^|[\s'"`[])(\*|https:)([\s'"`\];]|$)/.test(sources);
}

/** Put together at run time. */
function isAssembled(sources: string): boolean {
  return /\$\{|\+|\.\.\./.test(sources);
}

/**
 * Whether what a file writes gets to pages: it puts headers on them, draws them with a policy in a meta element,
 * answers with HTML, or is imported by what does.
 */
function reachesPages(repo: Repo, app: NextApp, base: CodeBase, path: string): boolean {
  const seen = new Set<string>();
  const waiting = [path];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    if (isServing(repo, app, each)) return true;
    waiting.push(...importersOf(repo, runningPart(base), each).map((one) => one.path));
  }
  return false;
}

function isServing(repo: Repo, app: NextApp, path: string): boolean {
  if (path === app.middlewarePath || path === app.configPath) return true;
  if (!isInside(app.dir, path)) return false;
  // What a route answers is no page, unless it says so: the policy of a picture is the picture's.
  if (HANDLER.test(path)) return repo.mentions(path, /text\/html/i);
  const name = basename(path);
  return SERVES.test(name) || (DRAWS.test(name) && repo.mentions(path, 'httpEquiv'));
}
