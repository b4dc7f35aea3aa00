import type { ts } from 'ts-morph';
import { typescript } from '../../../src/read/code/typescript.ts';
import type { Served } from '../read/served-operations.ts';

const LONGEST = 120;

/**
 * What the comment directly above a handler says, or the one that opens the file where that serves nothing else: its
 * first sentence. Undefined without one that says something.
 */
export function summaryOf(declared: ts.Node, served: Served, isAlone: boolean): string | undefined {
  const ts = typescript();
  const statement = ts.findAncestor(declared, ts.isStatement) ?? declared;
  const { text } = statement.getSourceFile();
  const above = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  const own = sentenceIn(wordsOf(touching(text, above, statement.getStart())), served);
  const [opening] = ts.getLeadingCommentRanges(text, 0) ?? [];
  return (
    own ??
    (isAlone && opening ? sentenceIn(wordsOf(text.slice(opening.pos, opening.end)), served) : undefined)
  );
}

function wordsOf(comment: string): readonly string[] {
  return comment
    .replace(/^\/\*+|(?<!\*)\*+\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\*|\/\/)?\s?/, '').trim())
    .filter((line) => !/^(?:@|eslint|biome|prettier|ts-)/.test(line));
}

/** The comments that no blank line parts from the code. */
function touching(text: string, ranges: readonly ts.CommentRange[], start: number): string {
  let at = start;
  let comment = '';
  for (const { pos, end } of ranges.toReversed()) {
    if (/\n[ \t]*\n/.test(text.slice(end, at))) break;
    comment = `${text.slice(pos, end)}\n${comment}`;
    at = pos;
  }
  return comment.trim();
}

function sentenceIn(lines: readonly string[], { url }: Served): string | undefined {
  for (const line of lines) {
    // A line that only repeats the address, and rules drawn with dashes, say nothing.
    const said = line
      .replace(/[\u2500\u2014=*#-]{2,}/g, ' ')
      .trim()
      .replace(/^(?:GET|POST|PUT|PATCH|DELETE)\b/, '')
      .trim()
      .replace(/^\/api\/\S*/, '')
      .replace(/^[\s:\u2013\u2014-]+/, '')
      .trim();
    // `Chat API Route` is what every route is.
    if (said.length < 4 || said === url || /\b(?:API|Routes?|Endpoints?|Handlers?)$/i.test(said)) continue;
    const [sentence = said] = /^.+?[.!?](?=\s|$)/.exec(said) ?? [];
    const short = sentence.replace(/(?<![.\s])[.\s]+$/, '');
    return short.length > LONGEST ? undefined : short.charAt(0).toUpperCase() + short.slice(1);
  }
  return undefined;
}
