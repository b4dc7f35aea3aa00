import type { Repo } from '../../../src/contract.ts';
import { withoutComments } from '../../../src/read/code/comments.ts';
import { PROBE } from './broken-probes.ts';
import { healthRoutesOf } from './frozen-health.ts';

/** A probe that asks for a page as curl, which the app's own middleware turns away. */
export interface BlockedProbe {
  readonly path: string;
  readonly at: number;
  /** The word that names the page, as it is written. */
  readonly word: string;
  /** A path that the middleware lets through. */
  readonly url: string;
}

const BLOCKS_CURL = /['"`/|,\s]curl\\?\//;
/** `check "Frontend" "$FRONTEND_URL"`: a whole address and no path, in a variable called after the front end. */
const ASKED =
  /^[ \t]*\w[\w-]*[ \t][^\n#]{0,300}("\$\{?(\w{0,40}(?:FRONTEND|WEB|APP|SITE)\w{0,40})\}?")[ \t]*$/gm;

/** Probes of pages that answer curl with 403 (the middleware of an app), where it spares the health route. */
export function blockedProbes(repo: Repo): readonly BlockedProbe[] {
  const spared = repo.layout.apps.flatMap((app) => {
    const code = app.middlewarePath === undefined ? '' : withoutComments(repo, app.middlewarePath);
    if (!BLOCKS_CURL.test(code)) return [];
    return healthRoutesOf(repo, app).filter(
      ({ url }) => code.includes(`'${url}'`) || code.includes(`"${url}"`),
    );
  })[0];
  if (!spared) return [];
  return repo
    .find(/\.(?:sh|bash)$/i)
    .filter((path) => PROBE.test(path) && repo.mentions(path, /\bcurl\b/))
    .flatMap((path) => {
      const text = repo.text(path);
      // An agent of its own gets through.
      if (/\bcurl\b[^\n]{0,300}(?:\s-A\b|--user-agent)/.test(text)) return [];
      return [...text.matchAll(ASKED)].map(({ index, 0: line, 1: word = '' }) => ({
        path,
        at: index + line.lastIndexOf(word),
        word,
        url: spared.url,
      }));
    });
}
