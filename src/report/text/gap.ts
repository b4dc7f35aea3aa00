import type { ManualStep } from '../../contract.ts';
import type { GapAudit, ReportedFinding, Status } from '../../runner/results.ts';
import { visible } from '../../words/visible.ts';
import type { Tone } from '../colour.ts';
import type { Cell } from '../table.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { displayWidth, pad } from '../width.ts';
import { placeOf, sortFindings, statusText } from '../words.ts';
import { paragraph } from './lines.ts';

interface Mark {
  readonly symbol: string;
  readonly tone: Tone;
}

const MARKS: Readonly<Record<Status, Mark>> = {
  open: { symbol: '✗', tone: 'bad' },
  closed: { symbol: '✓', tone: 'good' },
  'not-applicable': { symbol: '–', tone: 'dim' },
  unknown: { symbol: '?', tone: 'warn' },
  blocked: { symbol: '!', tone: 'warn' },
};

/** A line of a list of gaps: how it stands, by symbol and by words. */
export interface GapLine {
  readonly gap: Pick<GapAudit, 'id' | 'title' | 'priority' | 'effort'>;
  readonly mark: Mark;
  readonly words: string;
}

const ROOM_FOR_TITLES = 50;
const ROOM_FOR_EFFORT = 80;

/** How a gap stands after reading the target. */
export function auditLine(gap: GapAudit): GapLine {
  return { gap, mark: MARKS[gap.status], words: statusText(gap) };
}

/** One line per gap, aligned; a narrow terminal loses the effort, then priority and title. */
export function gapLines(lines: readonly GapLine[], { paint, columns }: View): readonly string[] {
  const room = columns ?? Number.POSITIVE_INFINITY;
  const rows = lines.map(({ gap, mark, words }): Cell[] => [
    { text: `${mark.symbol} ${gap.id}`, tone: mark.tone, whole: true },
    ...(room < ROOM_FOR_TITLES ? [] : [{ text: gap.priority }]),
    ...(room < ROOM_FOR_EFFORT ? [] : [{ text: gap.effort, tone: 'dim' as const }]),
    ...(room < ROOM_FOR_TITLES ? [] : [{ text: gap.title }]),
    { text: words, tone: mark.tone },
  ]);
  return table(rows, { paint, columns });
}

/** `GAP-…  title`, the start of a gap's own block. */
export function gapHeader({ id, title }: Pick<GapAudit, 'id' | 'title'>, view: View): readonly string[] {
  return paragraph(`${id}  ${title}`, { lead: '', tone: 'strong' }, view);
}

const NOTES_SHOWN = 3;
const PLACE_WIDTH = 56;

/** The findings of a gap: what is open, what was accepted, and, apart, what goes beyond what was asked. */
export function findingLines(gap: GapAudit, view: View): readonly string[] {
  const { open, waived, notes } = sortFindings(gap.findings);
  if (view.quiet) return locatedLines(open, '  ', view);
  const shown = notes.slice(0, NOTES_SHOWN);
  const more = notes.length - shown.length;
  return [
    ...locatedLines(open, '  ', view),
    ...waived.flatMap((finding) => waivedLines(finding, view)),
    ...(notes.length > 0
      ? paragraph(`notes, not counted (${notes.length})`, { lead: '  ', tone: 'dim' }, view)
      : []),
    ...locatedLines(shown, '    ', view, 'dim'),
    ...(more > 0
      ? paragraph(`… and ${more} more, all with --json`, { lead: '    ', tone: 'dim' }, view)
      : []),
  ];
}

function locatedLines(
  findings: readonly ReportedFinding[],
  indent: string,
  view: View,
  tone?: Tone,
): readonly string[] {
  const places = findings.map((finding) => visible(placeOf(finding)));
  const widest = Math.max(0, ...places.map(displayWidth).filter((width) => width <= PLACE_WIDTH));
  return findings.flatMap((finding, index) => {
    const place = places[index] ?? '';
    const message = `${finding.message} (${finding.code})`;
    const lead = `${indent}${pad(place, widest)}  `;
    const fits = displayWidth(lead + visible(message)) <= (view.columns ?? Number.POSITIVE_INFINITY);
    if (fits) return paragraph(message, { lead, ...(tone ? { tone } : {}) }, view);
    const first = indent + place;
    const below = paragraph(message, { lead: `${indent}  `, ...(tone ? { tone } : {}) }, view);
    return [tone ? view.paint(tone, first) : first, ...below];
  });
}

function waivedLines(finding: ReportedFinding, view: View): readonly string[] {
  const { reason, owner, expires } = finding.waived ?? { reason: '', owner: '', expires: '' };
  return [
    ...locatedLines([finding], '  ', view, 'dim'),
    ...paragraph(`waived by ${owner} until ${expires}: ${reason}`, { lead: '    ', tone: 'dim' }, view),
  ];
}

/** The steps that only a person can take, numbered, with why and with how it will be seen that they were taken. */
export function stepLines(steps: readonly ManualStep[], view: View): readonly string[] {
  if (steps.length === 0 || view.quiet) return [];
  const numbered = steps.flatMap(({ title, why, seenBy }, index) => {
    const lead = `    ${index + 1}. `;
    const below = ' '.repeat(lead.length);
    return [
      ...paragraph(title, { lead }, view),
      ...paragraph(`why: ${why}`, { lead: below, tone: 'dim' }, view),
      ...paragraph(`seen by: ${seenBy}`, { lead: below, tone: 'dim' }, view),
    ];
  });
  return ['  for a person:', ...numbered];
}
