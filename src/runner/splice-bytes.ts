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
  for (const span of spans) {
    keep(span.start);
    if (encoding.eol === '\r\n') crlf.push(...newlinesOf(span.text).map((at) => result.length + at));
    result += span.text;
    from = span.end;
  }
  keep(text.length);
  return encode(result, { ...encoding, crlf });
}

/** The bytes of a new file. */
export function newBytes(text: string, eol: Encoding['eol']): Uint8Array {
  return encode(text, { bom: false, crlf: eol === '\r\n' ? newlinesOf(text) : [], eol });
}

function newlinesOf(text: string): number[] {
  return [...text.matchAll(/\n/g)].map(({ index }) => index);
}
