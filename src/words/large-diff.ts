import { lazy } from '../repo/lazy.ts';

/** One line of a diff, with its own line end. */
interface Op {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** Past this many changed lines between two anchors the stretch is shown as replaced. */
const MAX_EDIT_LENGTH = 500;

/**
 * The hunks of a change that is too large for a minimal diff, such as that of a lock file: lines that stand once
 * in both texts hold it together (patience diff, bramcohen.livejournal.com/73318.html), and only what is between
 * two of them is compared.
 */
export function largeHunks(before: string, after: string, context: number): string {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const ops: Op[] = [];
  let [i, j] = [0, 0];
  for (const [atOld, atFresh] of [...anchors(old, fresh), [old.length, fresh.length] as const]) {
    ops.push(...between(old.slice(i, atOld), fresh.slice(j, atFresh)));
    const anchor = old[atOld];
    if (anchor !== undefined) ops.push({ sign: ' ', line: anchor });
    [i, j] = [atOld + 1, atFresh + 1];
  }
  return formatHunks(ops, context);
}

/** Positions of the lines that are unique in both, in an order that both share. */
function anchors(old: readonly string[], fresh: readonly string[]): readonly (readonly [number, number])[] {
  const inOld = uniqueLines(old);
  const inFresh = uniqueLines(fresh);
  const pairs = [...inOld].flatMap(([line, at]) => {
    const other = inFresh.get(line);
    return other === undefined ? [] : [[at, other] as const];
  });
  return longestIncreasing(pairs);
}

function uniqueLines(lines: readonly string[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const [at, line] of lines.entries()) seen.set(line, seen.has(line) ? -1 : at);
  return new Map([...seen].filter(([, at]) => at !== -1));
}

/** The longest run of pairs whose second numbers increase too (patience sorting). */
function longestIncreasing(
  pairs: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, [, value]] of pairs.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const run: (readonly [number, number])[] = [];
  for (let at = tails.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair) run.push(pair);
  }
  return run.reverse();
}

function between(old: readonly string[], fresh: readonly string[]): readonly Op[] {
  const removed = old.map((line): Op => ({ sign: '-', line }));
  const added = fresh.map((line): Op => ({ sign: '+', line }));
  if (removed.length === 0 || added.length === 0) return [...removed, ...added];
  const parts = lazy.diff().diffArrays([...old], [...fresh], { maxEditLength: MAX_EDIT_LENGTH });
  if (!parts) return [...removed, ...added];
  return parts.flatMap((part) =>
    part.value.map((line): Op => ({ sign: part.added ? '+' : part.removed ? '-' : ' ', line })),
  );
}

function formatHunks(ops: readonly Op[], context: number): string {
  const changed = ops.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]));
  const ranges: [number, number][] = [];
  for (const at of changed) {
    const last = ranges.at(-1);
    if (last && at - context <= last[1]) last[1] = Math.min(ops.length, at + context + 1);
    else ranges.push([Math.max(0, at - context), Math.min(ops.length, at + context + 1)]);
  }
  let [line, other, from] = [0, 0, 0];
  const hunks: string[] = [];
  for (const [start, end] of ranges) {
    // Between two hunks both sides are the same.
    line += start - from;
    other += start - from;
    const body = ops.slice(start, end);
    const [olds, news] = [countOf(body, '+'), countOf(body, '-')];
    hunks.push(`@@ -${rangeOf(line, olds)} +${rangeOf(other, news)} @@\n`, ...body.map(printed));
    [line, other, from] = [line + olds, other + news, end];
  }
  return hunks.join('');
}

/** How many lines one side has: all but those of the other side's sign. */
function countOf(ops: readonly Op[], without: '+' | '-'): number {
  return ops.filter(({ sign }) => sign !== without).length;
}

function rangeOf(from: number, count: number): string {
  return count === 0 ? `${from},0` : `${from + 1},${count}`;
}

function printed({ sign, line }: Op): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]+\n?|\n/g) ?? [];
}
