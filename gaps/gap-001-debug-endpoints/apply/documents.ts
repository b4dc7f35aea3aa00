import type { Edit, ManualStep, Span } from '../../../src/contract.ts';
import { splice } from '../../../src/edit/spans.ts';
import { linesOf } from '../../../src/edit/text.ts';
import { documentsAbout } from '../../../src/read/documents/prose.ts';
import { isDebugUrl, type OpenRoute } from '../read/routes.ts';
import type { Unit } from '../read/units.ts';
import type { DebugEndpoints } from '../read.ts';
import { Strikes } from './strikes.ts';

/** What is struck in documents, and the places that a person has to rewrite. */
export interface DocumentParts {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
}

/**
 * Strikes the lines of documents that are only about routes that go. Audits, change logs and the like are records
 * of what was, and stay.
 */
export function documentParts(state: DebugEndpoints, going: readonly Unit[]): DocumentParts {
  const { repo } = state;
  if (going.length === 0) return { edits: [], manual: [] };
  const names = going.flatMap(({ url, routes }) => [url, ...routes.map(inApp)]);
  const folders = goneFolders(state, going);
  const edits: Edit[] = [];
  const places: string[] = [];
  for (const { path, text } of documentsAbout(repo, /\bapi\//).filter((each) => DOCUMENT.test(each.path))) {
    const { struck, left } = new Strikes(text, names, folders).find();
    const isMarkdown = /\.(md|mdx|markdown)$/i.test(path);
    const told = isMarkdown
      ? left.map((line) => line - struck.filter((each) => each < line).length)
      : [...new Set([...struck, ...left])].sort((a, b) => a - b);
    places.push(...rangesOf(told).map((range) => `${path}:${range}`));
    if (isMarkdown && struck.length > 0) edits.push(splice(repo, path, spansOf(text, struck)));
  }
  return { edits, manual: places.length === 0 ? [] : [stepFor(places)] };
}

const DOCUMENT = /\.(md|mdx|markdown|rst|adoc)$/i;

/** The file of a route as its app's documents name it. */
function inApp({ app, path }: OpenRoute): string {
  return path.slice(app.dir === '' ? 0 : app.dir.length + 1);
}

/** The debug folders of which no route is left, as they are called. */
function goneFolders({ apps }: DebugEndpoints, going: readonly Unit[]): readonly string[] {
  const urls = new Set(going.map(({ url }) => url));
  const others = apps.flatMap(({ routes }) => routes.map(({ url }) => url)).filter((url) => !urls.has(url));
  const folders = [...urls].map((url) => url.slice(0, url.lastIndexOf('/'))).filter(isDebugUrl);
  return [...new Set(folders)].filter((folder) => !others.some((url) => `${url}/`.startsWith(`${folder}/`)));
}

/** One-based lines, neighbors as `75-78`. */
function rangesOf(lines: readonly number[]): readonly string[] {
  const ranges: { first: number; last: number }[] = [];
  for (const line of lines) {
    const range = ranges.at(-1);
    if (range && line === range.last + 1) range.last = line;
    else ranges.push({ first: line, last: line });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first + 1}` : `${first + 1}-${last + 1}`));
}

function spansOf(text: string, struck: readonly number[]): readonly Span[] {
  const lines = linesOf(text);
  return merged(
    struck.map((index) => {
      const { start = 0, end = 0 } = lines[index] ?? {};
      return { start, end: Math.min(text.length, end + 1), text: '' };
    }),
  );
}

function merged(spans: readonly { readonly start: number; readonly end: number; readonly text: string }[]) {
  const found: { start: number; end: number; text: string }[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    if (last && last.end === span.start) last.end = span.end;
    else found.push({ ...span });
  }
  return found;
}

function stepFor(places: readonly string[]): ManualStep {
  return {
    title: `Rewrite the sentences that speak of routes that are gone: ${places.join(', ')}`,
    why: 'They say more than that the route is there, or lead up to or count lines that are struck. The lines are numbered as they are after that.',
    seenBy: 'Nothing sees it: verify does not read what documents say.',
  };
}
