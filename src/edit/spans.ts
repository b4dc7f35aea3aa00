import type { Edit, Span } from '../contract.ts';
import { EditError } from '../errors.ts';
import type { Repo } from '../repo/repo.ts';

/** Spans in order of position; throws EditError when two overlap or one leaves the text. */
export function sortSpans(path: string, text: string, spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  let last = 0;
  for (const { start, end } of sorted) {
    if (start < last || end < start || end > text.length) {
      throw new EditError(`${path}: the edit at ${start}-${end} overlaps another or leaves the text`);
    }
    last = end;
  }
  return sorted;
}

/** The text with every span replaced. Throws EditError when spans overlap. */
export function applySpans(path: string, text: string, spans: readonly Span[]): string {
  let result = '';
  let from = 0;
  for (const span of sortSpans(path, text, spans)) {
    result += text.slice(from, span.start) + span.text;
    from = span.end;
  }
  return result + text.slice(from);
}

/** A splice edit of a file as it is in `repo`. */
export function splice(repo: Repo, path: string, spans: readonly Span[]): Edit {
  return { kind: 'splice', path, base: repo.hash(path), spans };
}

/** A delete edit of a file as it is in `repo`. */
export function remove(repo: Repo, path: string): Edit {
  return { kind: 'delete', path, base: repo.hash(path) };
}

/** Edits with the splices of a file made one: parts of a fix that know nothing of each other may share a file. */
export function mergeSplices(edits: readonly Edit[]): readonly Edit[] {
  const merged = new Map<string, Edit>();
  const others: Edit[] = [];
  for (const edit of edits) {
    const before = merged.get(edit.path);
    if (edit.kind !== 'splice') others.push(edit);
    else if (before?.kind === 'splice')
      merged.set(edit.path, { ...before, spans: [...before.spans, ...edit.spans] });
    else merged.set(edit.path, edit);
  }
  return [...others, ...merged.values()];
}

/** One span between two texts: what begins and ends alike stays out of it. */
export function spansBetween(before: string, after: string): readonly Span[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [{ start, end: before.length - end, text: after.slice(start, after.length - end) }];
}
