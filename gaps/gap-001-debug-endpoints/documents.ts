import type { Edit, ManualStep, Repo } from '../../src/contract.ts';
import { splice } from '../../src/edit/spans.ts';
import { linesOf } from '../../src/edit/text.ts';
import { documentsAbout } from '../../src/read/documents.ts';
import { Strikes } from './strikes.ts';
import type { Unit } from './survey.ts';

/** What is struck in documents, and the places that a person has to rewrite. */
export interface DocumentParts {
  readonly edits: readonly Edit[];
  readonly manual: readonly ManualStep[];
}

/**
 * Strikes the lines of documents that are only about routes that go. Audits, change logs and the like are records
 * of what was, and stay.
 */
export function documentParts(repo: Repo, going: readonly Unit[]): DocumentParts {
  const names = going.flatMap(({ url, routes }) => [
    url,
    ...routes.map(({ path, app }) => path.slice(app.dir === '' ? 0 : app.dir.length + 1)),
  ]);
  const edits: Edit[] = [];
  const places: string[] = [];
  for (const { path, text } of names.length === 0 ? [] : documentsAbout(repo, /\/api\/|(^|\/)api\//)) {
    const { struck, left } = new Strikes(text, names).find();
    const isMarkdown = /\.(md|mdx|markdown)$/i.test(path);
    const lines = linesOf(text);
    places.push(
      ...(isMarkdown ? left : [...struck, ...left].sort((a, b) => a - b)).map(
        (index) => `${path}:${index + 1}`,
      ),
    );
    if (!isMarkdown || struck.length === 0) continue;
    const spans = struck.map((index) => {
      const { start = 0, end = 0 } = lines[index] ?? {};
      return { start, end: Math.min(text.length, end + 1), text: '' };
    });
    edits.push(splice(repo, path, merged(spans)));
  }
  return { edits, manual: places.length === 0 ? [] : [stepFor(places)] };
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
    why: 'They say more than that the route is there, or lead up to lines that were struck.',
    seenBy: 'Nothing sees it: verify does not read what documents say.',
  };
}
