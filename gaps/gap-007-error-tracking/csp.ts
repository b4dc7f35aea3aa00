import type { Repo } from '../../src/contract.ts';
import type { Place } from '../../src/read/code-base.ts';
import { blankComments } from '../../src/read/comments.ts';
import type { Tracking } from './tracking.ts';

const CONNECT = /connect-src\s+([^;"'`\\]*(?:'self'|'none')?[^;"`\n]*)/g;
/** Sent through the app's own address, where the policy says 'self'. */
const TUNNEL =
  /\btunnel(?:Route)?\s*:|api_host\s*:\s*['"`]\/|\brewrites\b[\s\S]{0,800}?(?:ingest|posthog|bugsnag)/;

/** The production policy that keeps the browser from reaching the tracker; undefined where none does. */
export function findBlockingPolicy(repo: Repo, { app, base, declared }: Tracking): Place | undefined {
  const inBrowser = declared.filter(
    ({ tracker, starts }) => tracker.ingest && starts.some(({ side }) => side !== 'server'),
  );
  if (inBrowser.length === 0) return undefined;
  const texts = base.code.filter((path) => TUNNEL.test(repo.peek(path) ?? ''));
  if (texts.length > 0) return undefined;
  const policies = [app.middlewarePath, app.configPath, ...base.code].flatMap((path) => path ?? []);
  for (const path of new Set(policies)) {
    const text = repo.peek(path);
    if (!text?.includes('connect-src')) continue;
    for (const match of blankComments(text).matchAll(CONNECT)) {
      const sources = match[1] ?? '';
      const isOpen =
        /(^|\s)(\*|https:)(\s|$)/.test(sources) ||
        /\$\{|\+/.test(sources + text.charAt(match.index + match[0].length));
      const isNamed = inBrowser.every(({ tracker }) => tracker.ingest?.test(sources));
      if (!isOpen && !isNamed && sources.trim() !== '') return { path, at: match.index, match: match[0] };
    }
  }
  return undefined;
}
