import type { ManualStep, NextApp, Repo, Span } from '../../src/contract.ts';
import { lineStart, openTs } from '../../src/edit/ts-file.ts';
import { unusedImportSpans } from '../../src/edit/ts-imports.ts';
import { listEntryAround } from '../../src/edit/ts-lists.ts';
import { isDebugUrl } from './routes.ts';

/** A string in shipped code that names a debug route. */
export interface Call {
  readonly path: string;
  /** Offset of the opening quote. */
  readonly at: number;
  /** Without its query. */
  readonly url: string;
}

const LITERAL = /(["'`])(\/api\/[\w/-]+)(?:\?[^"'`]*)?\1/g;

/** Every string of the app's shipped code that names a url under a debug folder. */
export function callsOf(repo: Repo, app: NextApp): readonly Call[] {
  return app.files.filter(isShipped).flatMap((path) => {
    const text = repo.scan(path) ?? '';
    if (!text.includes('/api/')) return [];
    return [...text.matchAll(LITERAL)]
      .map(({ index, 2: url = '' }) => ({ path, at: index, url }))
      .filter(({ at, url }) => isDebugUrl(url) && !isCommented(text, at));
  });
}

/** A folder below api/ is a part of a url: `api/test/` is a route there, not a place for tests. */
function isShipped(path: string): boolean {
  return (
    /\.[jt]sx?$/.test(path) &&
    !/\.(test|spec|stories)\.\w+$/.test(path) &&
    !/(^|\/)(__tests__|__mocks__|e2e|tests?|cypress|playwright)\//.test(path.replace(/\/api\/.*$/, ''))
  );
}

function isCommented(text: string, at: number): boolean {
  return /^\s*(\/\/|\*|\/\*)/.test(text.slice(lineStart(text, at), at));
}

/** How the calls of one file go away, or the step for a person where their shape is not known. */
export type CallerEdits = { readonly spans: readonly Span[] } | { readonly manual: ManualStep };

/**
 * Takes out, of a list of like entries, the entries that call a removed route, and the imports that only they used.
 * Any other shape is a person's: what a page is to do without the answer cannot be guessed.
 * @throws SourceError when the file does not parse.
 */
export function callerEdits(repo: Repo, path: string, calls: readonly Call[]): CallerEdits {
  const text = repo.text(path);
  const file = openTs(path, text);
  const entries = new Map<number, Span>();
  for (const call of calls) {
    const entry = listEntryAround(file, text, call.at + 1);
    if (!entry) return { manual: stepFor(path, call) };
    entries.set(entry.start, entry);
  }
  const going = [...entries.values()];
  return { spans: [...going, ...unusedImportSpans(path, text, going)] };
}

function stepFor(path: string, { url }: Call): ManualStep {
  return {
    title: `Take the call of ${url} out of ${path}, then run this gap again`,
    why: 'It is not an entry of a list, so what the code is to do without the answer is a decision; the route stays until then.',
    seenBy: `No shipped file names ${url}.`,
  };
}
