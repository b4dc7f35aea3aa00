import type { SourceModule, Span } from '../../../src/contract.ts';
import { lineStart } from '../../../src/edit/ts-file.ts';
import { type Top, usesOf } from '../read/module-names.ts';

/** The types that only these statements use, directly or through each other. */
export function typesOnlyFor(module: SourceModule, statements: readonly Top[]): readonly Top[] {
  const going: Top[] = [...statements];
  for (let isMore = true; isMore; ) {
    const next = module.program.body.find(
      (top) =>
        (top.type === 'TSInterfaceDeclaration' || top.type === 'TSTypeAliasDeclaration') &&
        !going.includes(top) &&
        isUsedOnlyIn(module, top.id.name, going),
    );
    if (next) going.push(next);
    isMore = next !== undefined;
  }
  return going.filter((top) => !statements.includes(top));
}

function isUsedOnlyIn(module: SourceModule, name: string, going: readonly Top[]): boolean {
  const uses = usesOf(module, name);
  return uses.length > 0 && uses.every(({ at }) => going.some(({ start, end }) => start <= at && at < end));
}

/** Removes statements with the comments that stand directly above them; neighbors go in one span. */
export function removalSpans({ text, program }: SourceModule, going: readonly Top[]): readonly Span[] {
  const all = program.body;
  const spans: Span[] = [];
  for (let index = 0; index < all.length; index += 1) {
    if (!isGoing(all[index], going)) continue;
    let last = index;
    while (isGoing(all[last + 1], going)) last += 1;
    const [first, end] = [all[index], all[last]];
    if (first && end) spans.push(runSpan(text, all[index - 1]?.end ?? 0, first, end));
    index = last;
  }
  return spans;
}

function isGoing(top: Top | undefined, going: readonly Top[]): boolean {
  return top !== undefined && going.includes(top);
}

/** A title above the run goes too, where the next thing below has a title of its own. */
function runSpan(text: string, previous: number, first: Top, last: Top): Span {
  const above = text.slice(previous, first.start);
  const after = text.slice(last.end);
  const isTitled = isComment(after.trimStart()) && endsWithComment(above);
  const attached = commentsBelow(above);
  const hasComment = attached !== '' && (isTitled || !attached.endsWith('\n\n'));
  const start = hasComment ? first.start - attached.length : lineStart(text, first.start);
  const [gap = ''] = /^[^\S\n]*\n{0,2}/.exec(after) ?? [];
  return { start, end: last.end + gap.length, text: '' };
}

/** The comments that end a text on lines of their own, with the empty line below them, if there is one. */
function commentsBelow(text: string): string {
  const lines = text.split('\n');
  if (lines.pop() !== '') return '';
  const end = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  let start = end;
  while (start > 0) {
    const opening = openingOf(lines, start - 1);
    if (opening === undefined) break;
    start = opening;
  }
  return start === end ? '' : `${lines.slice(start).join('\n')}\n`;
}

/** The line on which the comment begins that ends on a line; undefined where none does. */
function openingOf(lines: readonly string[], at: number): number | undefined {
  const line = lines[at]?.trim() ?? '';
  if (line.startsWith('//')) return at;
  if (!line.endsWith('*/')) return undefined;
  const opening = lines.slice(0, at + 1).findLastIndex((each) => each.includes('/*'));
  return lines[opening]?.trim().startsWith('/*') ? opening : undefined;
}

function isComment(text: string): boolean {
  return text.startsWith('//') || text.startsWith('/*');
}

/** Whether a comment is the last thing, with an empty line below it. */
function endsWithComment(text: string): boolean {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  return text.endsWith('\n\n') && (last.endsWith('*/') || last.trimStart().startsWith('//'));
}
