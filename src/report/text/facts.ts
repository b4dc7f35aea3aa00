import { visible } from '../../words/visible.ts';
import type { DoctorDocument, ExplainDocument, GapExplanation, ListDocument } from '../document.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { count } from '../words.ts';
import { gapHeader } from './gap.ts';
import { blocks, heading, nextLine, paragraph, totalLine } from './lines.ts';

/** Every gap in execution order. */
export function listText(document: ListDocument, view: View): readonly string[] {
  const rows = document.gaps.map(({ id, priority, effort, fix, title }) => [
    { text: id, tone: 'strong' as const, whole: true as const },
    { text: priority },
    { text: effort, tone: 'dim' as const },
    { text: fix },
    { text: title },
  ]);
  return blocks(
    heading(document, view),
    table(rows, view),
    view.quiet ? [] : totalLine(count(rows.length, 'gap'), view),
    nextLine(document, view),
  );
}

/** What a gap is, what it looks for, what its fix may touch and what can be chosen. */
export function explainText(document: ExplainDocument, view: View): readonly string[] {
  const { gap } = document;
  return blocks(
    [...gapHeader(gap, view), ...factLines(gap, view)],
    paragraph(gap.problem, { lead: '' }, view),
    ['Looks for:', ...paragraph(gap.looksFor, { lead: '  ' }, view)],
    section(
      'Finds:',
      gap.codes.map(({ code, message, note }) => `${code}${note ? ' (a note)' : ''}: ${message}`),
      view,
    ),
    section('May write:', gap.writes, view),
    section('Options:', gap.options.map(optionText), view),
    section('Sources:', gap.references, view),
    nextLine(document, view),
  );
}

function factLines(
  { priority, category, effort, fix, requires }: GapExplanation,
  view: View,
): readonly string[] {
  const parts = [
    priority,
    category,
    effort,
    fix === 'automatic' ? 'fixed by edits' : 'steps for a person',
    ...(requires.length > 0 ? [`after ${requires.join(', ')}`] : []),
  ];
  return paragraph(parts.join(' · '), { lead: '', tone: 'dim' }, view);
}

function optionText({
  name,
  description,
  default: value,
  choices,
}: GapExplanation['options'][number]): string {
  const from = choices ? ` (${choices.join(', ')})` : '';
  return `${name} = ${value}${from}${description === undefined ? '' : `: ${description}`}`;
}

function section(title: string, entries: readonly string[], view: View): readonly string[] {
  return entries.length === 0
    ? []
    : [title, ...entries.flatMap((entry) => paragraph(entry, { lead: '  ' }, view))];
}

/** What the levels of proof need, what is there, and how to get the rest. */
export function doctorText(document: DoctorDocument, view: View): readonly string[] {
  const lines = document.requirements.flatMap(({ name, found, version = '', needed, remedy }) => {
    const mark = found ? view.paint('good', '✓ found  ') : view.paint('warn', '– missing');
    return [
      `${mark}  ${visible(`${name} ${version}`.trim())}`,
      ...paragraph(`for: ${needed}`, { lead: '    ', tone: 'dim' }, view),
      ...(found || remedy === undefined ? [] : paragraph(`get it: ${remedy}`, { lead: '    ' }, view)),
    ];
  });
  return blocks(heading(document, view), lines, nextLine(document, view));
}
