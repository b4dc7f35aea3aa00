import type { GapAudit, Status } from '../../runner/results.ts';
import type { Tone } from '../colour.ts';
import type { Cell } from '../table.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { isWaived, statusText } from '../words.ts';
import { findingLines } from './findings.ts';
import { paragraph } from './lines.ts';
import { stepLines } from './steps.ts';

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

export const ROOM_FOR_TITLES = 50;
const ROOM_FOR_EFFORT = 80;

/** How a gap stands after reading the target. */
export function auditLine(gap: GapAudit): GapLine {
  return { gap, mark: markOf(gap), words: statusText(gap) };
}

/** The symbol of a gap's status; what a person accepted is never ticked. */
export function markOf(gap: GapAudit): Mark {
  return isWaived(gap) ? { symbol: '~', tone: 'warn' } : MARKS[gap.status];
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

/** All that is said of one gap: why it could not be judged, its findings, the steps for a person. */
export function detailLines(gap: GapAudit, view: View): readonly string[] {
  const lines = [...reasonLines(gap, view), ...findingLines(gap, view), ...stepLines(gap.manual, view)];
  return lines.length > 0 ? [...gapHeader(gap, view), ...lines] : [];
}

/** Why a gap could not be judged, whole; its line above may have been cut. */
function reasonLines({ status, reason }: GapAudit, view: View): readonly string[] {
  if (reason === undefined || (status !== 'unknown' && status !== 'blocked')) return [];
  return paragraph(`${status}: ${reason}`, { lead: '  ' }, view);
}
