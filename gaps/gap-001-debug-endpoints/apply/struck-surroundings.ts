import { COUNT, COUNT_OF_ALL, FENCE, HEADING, ITEM, LEADS_UP, ROW, RULE_ROW } from './document-lines.ts';

/** The lines of a document, and what is known of them by their numbers. Zero-based. */
export interface Marks {
  readonly lines: readonly string[];
  /** Inside of a block of code. */
  readonly code: Set<number>;
  /** Only about what is gone. */
  readonly struck: Set<number>;
  /** About more than that. */
  readonly left: Set<number>;
}

/** Strikes and marks what stands around the struck lines: headings, sentences that lead up to them, counts, blanks. */
export function lookAround(marks: Marks): void {
  for (const index of startsOf(marks)) {
    lookAbove(marks, index);
    lookForCount(marks, index);
  }
  closeGaps(marks);
}

/** A line by its number; '' beyond the ends. */
export function lineOf({ lines }: Marks, index: number): string {
  return lines[index] ?? '';
}

/** The first lines of what is struck. */
function startsOf({ struck }: Marks): readonly number[] {
  return [...struck].sort((a, b) => a - b).filter((index) => !struck.has(index - 1));
}

/** What leads up to a list, a table or a block that is gone as a whole: an empty heading goes, a sentence is told. */
function lookAbove(marks: Marks, index: number): void {
  const above = lastAbove(marks, index);
  const below = firstBelow(marks, index);
  if (above === undefined || isSibling(marks, above, index) || isSibling(marks, below, index)) return;
  const line = lineOf(marks, above);
  const isEmpty = below === undefined || /^(#{1,6}\s|-{3,}\s*$)/.test(lineOf(marks, below));
  // A heading may be linked to from a table of contents.
  const isLinked = marks.lines.some((each) => each.includes('](#'));
  if (!HEADING.test(line)) {
    if (LEADS_UP.test(line) || RULE_ROW.test(line)) marks.left.add(above);
  } else if (isEmpty && isLinked) marks.left.add(above);
  else if (isEmpty) marks.struck.add(above);
}

/** `### Routes (5 files)`, `Two routes:` and `all 7 services` count what was struck. */
function lookForCount(marks: Marks, index: number): void {
  const isHeading = (at: number, heading: RegExp) => heading.test(lineOf(marks, at)) && !marks.code.has(at);
  const above = Array.from({ length: index }, (_, offset) => index - 1 - offset);
  const heading = above.find((at) => isHeading(at, HEADING));
  if (heading !== undefined && /\(\d+\b/.test(lineOf(marks, heading))) marks.left.add(heading);
  const lead = above.find((at) => !/^\s*(?:\|.*|[-*+]\s.*)?$/.test(lineOf(marks, at))) ?? -1;
  if (LEADS_UP.test(lineOf(marks, lead)) && COUNT.test(lineOf(marks, lead))) marks.left.add(lead);
  const section = above.findIndex((at) => isHeading(at, /^##?\s/));
  for (const at of section === -1 ? above : above.slice(0, section))
    if (COUNT_OF_ALL.test(lineOf(marks, at)) && !marks.code.has(at)) marks.left.add(at);
}

/** Whether a line is of the same list, table or block as a struck one. */
function isSibling(marks: Marks, index: number | undefined, struck: number): boolean {
  if (index === undefined) return false;
  const [one, other] = [lineOf(marks, index), lineOf(marks, struck)];
  if (ITEM.test(other)) return ITEM.test(one) && Math.abs(index - struck) <= runLength(marks, struck) + 1;
  if (ROW.test(other)) return ROW.test(one) && !RULE_ROW.test(one) && index > struck;
  return !FENCE.test(other) && one.trim() !== '';
}

/** How many lines from a struck one on are struck. */
function runLength(marks: Marks, from: number): number {
  let length = 0;
  while (marks.struck.has(from + length)) length += 1;
  return length;
}

function lastAbove(marks: Marks, index: number): number | undefined {
  for (let at = index - 1; at >= 0; at -= 1)
    if (lineOf(marks, at).trim() !== '' && !marks.struck.has(at)) return at;
  return undefined;
}

function firstBelow(marks: Marks, index: number): number | undefined {
  for (let at = index + 1; at < marks.lines.length; at += 1)
    if (lineOf(marks, at).trim() !== '' && !marks.struck.has(at)) return at;
  return undefined;
}

/** Of two blank lines that meet, one goes; so does one that would start or end a block of code. */
function closeGaps(marks: Marks): void {
  for (const index of startsOf(marks)) {
    const end = index + runLength(marks, index);
    const isEdge = (line: string | undefined) => line === undefined || line.trim() === '' || FENCE.test(line);
    const isBlank = lineOf(marks, end).trim() === '' && end < marks.lines.length;
    const before = index === 0 ? undefined : lineOf(marks, index - 1);
    if (isBlank && isEdge(before)) marks.struck.add(end);
    else if (before?.trim() === '' && FENCE.test(lineOf(marks, end))) marks.struck.add(index - 1);
  }
}
