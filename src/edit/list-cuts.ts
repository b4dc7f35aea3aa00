import type { Span } from '../contract.ts';
import { lineStart } from './ts-file.ts';

/** Where an item of a comma list stands, without its comma. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Takes items out of a comma list, neighbors in one span: two spans could claim the same comma. */
export function cutItems(
  text: string,
  places: readonly Place[],
  going: ReadonlySet<number>,
): readonly Span[] {
  return places.flatMap((_place, first) => {
    if (!going.has(first) || going.has(first - 1)) return [];
    let last = first;
    while (going.has(last + 1)) last += 1;
    return [cut(text, places, first, last)];
  });
}

/** The whole lines where the items stand alone on them, with their comma; else up to the next item. */
function cut(text: string, places: readonly Place[], first: number, last: number): Span {
  const [start, end] = [places[first]?.start ?? 0, places[last]?.end ?? 0];
  const after = end + (/^\s*,/.exec(text.slice(end))?.[0].length ?? 0);
  const newline = text.indexOf('\n', after);
  const lineEnd = newline === -1 ? text.length : newline;
  const head = lineStart(text, start);
  const isAlone =
    text.slice(head, start).trim() === '' && /^[ \t]*(\/\/.*)?$/.test(text.slice(after, lineEnd));
  if (isAlone) return { start: head, end: newline === -1 ? lineEnd : lineEnd + 1, text: '' };
  const next = places[last + 1];
  return next
    ? { start, end: next.start, text: '' }
    : { start: places[first - 1]?.end ?? start, end, text: '' };
}
