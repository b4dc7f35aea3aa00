import type { Span } from '../contract.ts';
import { type Encoding, encode } from '../repo/text.ts';

/**
 * The bytes of a file after a splice: what is kept keeps its line ends and BOM, what is inserted gets the line
 * end that most of the file uses. `spans` are sorted and do not overlap.
 */
export function spliceBytes(text: string, encoding: Encoding, spans: readonly Span[]): Uint8Array {
  const crlf: number[] = [];
  let result = '';
  let from = 0;
  const keep = (until: number) => {
    for (const at of encoding.crlf) if (at >= from && at < until) crlf.push(result.length + at - from);
    result += text.slice(from, until);
  };
  const merged = withoutNeighbours(spans);
  for (const [index, given] of merged.entries()) {
    const span = narrowed(text, given, merged[index + 1]?.start ?? text.length);
    keep(span.start);
    if (encoding.eol === '\r\n') crlf.push(...newlinesOf(span.text).map((at) => result.length + at));
    result += span.text;
    from = span.end;
  }
  keep(text.length);
  return encode(result, { ...encoding, crlf });
}

/** Insertions at one place as one. */
function withoutNeighbours(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    const isSamePlace = last?.end === span.start && span.start === span.end;
    if (last && isSamePlace) result.splice(-1, 1, { ...last, text: last.text + span.text });
    else result.push(span);
  }
  return result;
}

/**
 * The same splice without what it takes away and brings back. A line that is put behind another one brings its line
 * break in front; that break is the other line's, which keeps its own: `a[⏎b]⏎` is `a⏎[b⏎]`.
 */
function narrowed(text: string, span: Span, limit: number): Span {
  const removed = text.slice(span.start, span.end);
  const least = Math.min(removed.length, span.text.length);
  let head = 0;
  while (head < least && removed[head] === span.text[head]) head += 1;
  let tail = 0;
  while (tail < least - head && removed.at(-1 - tail) === span.text.at(-1 - tail)) tail += 1;
  const [start, end] = [span.start + head, span.end - tail];
  const added = span.text.slice(head, span.text.length - tail);
  const isBehindLine = start === end && end < limit && added.startsWith('\n') && text[end] === '\n';
  return isBehindLine
    ? { start: start + 1, end: end + 1, text: `${added.slice(1)}\n` }
    : { start, end, text: added };
}

/** The bytes of a new file. */
export function newBytes(text: string, eol: Encoding['eol']): Uint8Array {
  return encode(text, { bom: false, crlf: eol === '\r\n' ? newlinesOf(text) : [], eol });
}

function newlinesOf(text: string): number[] {
  return [...text.matchAll(/\n/g)].map(({ index }) => index);
}
