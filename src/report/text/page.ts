import type { GapAudit } from '../../runner/results.ts';
import type { AuditDocument } from '../document.ts';
import { nextCommands } from '../next.ts';
import { type Cell, table } from '../table.ts';
import type { View } from '../view.ts';
import { isWaived, openByPriority, placeOf, sortFindings, totalsText } from '../words.ts';
import { markOf, ROOM_FOR_TITLES } from './gap.ts';
import { paragraph, totalLine } from './lines.ts';

/** Whether there is something to decide or to do. */
export function needsAttention({ status }: GapAudit): boolean {
  return status === 'open' || status === 'unknown' || status === 'blocked';
}

/** The gaps by what a person can do about them, each group a block; the most urgent first. */
export function groupLines(gaps: readonly GapAudit[], view: View): readonly (readonly string[])[] {
  const open = byPriority(gaps.filter(({ status }) => status === 'open'));
  const closed = gaps.filter((gap) => gap.status === 'closed' && !isWaived(gap));
  const undecided = gaps.filter(({ status }) => status === 'unknown' || status === 'blocked');
  const named = (title: string, group: readonly GapAudit[]) =>
    group.length === 0
      ? []
      : paragraph(group.map(({ id }) => id).join(', '), { lead: `${title} (${group.length})  ` }, view);
  return [
    openLines(
      'aims-fix can close these',
      open.filter(({ fix }) => fix === 'automatic'),
      'effort',
      view,
    ),
    openLines(
      'These need you',
      open.filter(({ fix }) => fix === 'manual'),
      'steps',
      view,
    ),
    undecidedLines(undecided, view),
    [
      ...named(
        'Closed',
        closed.filter(({ manual }) => manual.length === 0),
      ),
      ...named(
        'Steps left for you',
        closed.filter(({ manual }) => manual.length > 0),
      ),
      ...named('Waived', gaps.filter(isWaived)),
      ...named(
        'Not applicable',
        gaps.filter(({ status }) => status === 'not-applicable'),
      ),
    ],
  ];
}

function byPriority(gaps: readonly GapAudit[]): readonly GapAudit[] {
  return [...gaps].sort((a, b) => (a.priority < b.priority ? -1 : Number(a.priority > b.priority)));
}

function openLines(
  title: string,
  gaps: readonly GapAudit[],
  last: 'effort' | 'steps',
  view: View,
): readonly string[] {
  if (gaps.length === 0) return [];
  const isWide = (view.columns ?? Number.POSITIVE_INFINITY) >= ROOM_FOR_TITLES;
  const rows = gaps.map((gap): Cell[] => {
    const { symbol, tone } = markOf(gap);
    const findings = String(sortFindings(gap.findings).open.length);
    return [
      { text: `${symbol} ${gap.id}`, tone, whole: true },
      { text: gap.priority, tone: gap.priority === 'P0' ? 'bad' : 'dim' },
      ...(isWide ? [{ text: gap.title }] : []),
      { text: findings, right: true, whole: true as const },
      { text: last === 'effort' ? gap.effort : String(gap.manual.length), right: true, tone: 'dim' },
    ];
  });
  const words = `${title} (${gaps.length})`;
  if (!isWide) return [...paragraph(words, { lead: '', tone: 'strong' }, view), ...table(rows, view)];
  const head: Cell[] = [
    { text: words, tone: 'strong', spans: 3 },
    { text: 'findings', right: true, tone: 'dim' },
    { text: last, right: true, tone: 'dim' },
  ];
  return table([head, ...rows], view);
}

const REASON_SHOWN = 300;

function undecidedLines(gaps: readonly GapAudit[], view: View): readonly string[] {
  if (gaps.length === 0) return [];
  return [
    ...paragraph(`Reading cannot decide these (${gaps.length})`, { lead: '', tone: 'strong' }, view),
    ...gaps.flatMap((gap) => {
      const { symbol, tone } = markOf(gap);
      const reason = (gap.reason ?? gap.status).slice(0, REASON_SHOWN);
      const [first = '', ...rest] = paragraph(
        reason,
        { lead: `${symbol} ${gap.id}  ${gap.priority}  ` },
        view,
      );
      return [first.replace(`${symbol} ${gap.id}`, view.paint(tone, `${symbol} ${gap.id}`)), ...rest];
    }),
  ];
}

const WORST_SHOWN = 3;

/** The first finding of each of the most urgent gaps. */
export function worstLines(gaps: readonly GapAudit[], view: View): readonly string[] {
  const worst = byPriority(gaps)
    .flatMap((gap) => sortFindings(gap.findings).open.slice(0, 1))
    .slice(0, WORST_SHOWN);
  if (worst.length === 0) return [];
  return [
    view.paint('strong', 'Look here first'),
    ...worst.flatMap((finding) => [
      ...paragraph(placeOf(finding), { lead: '  ' }, view),
      ...paragraph(finding.message, { lead: '    ' }, view).slice(0, 2),
    ]),
  ];
}

/** What it all comes to; the rows of the page name the priorities already. */
export function totalsLines(gaps: readonly GapAudit[], isPage: boolean, view: View): readonly string[] {
  const weight = view.quiet || isPage ? undefined : openByPriority(gaps);
  return [
    ...totalLine(totalsText(gaps), view),
    ...(weight === undefined ? [] : paragraph(weight, { lead: '', tone: 'dim' }, view)),
  ];
}

/** The commands to type next, whole, so that they can be copied, each with what it shows. */
export function commandLines(document: AuditDocument, view: View): readonly string[] {
  const commands = nextCommands(document);
  const widest = Math.max(0, ...commands.map(({ command }) => command.length));
  return commands.map(
    ({ command, shows }) =>
      `  ${view.paint('strong', command)}${' '.repeat(widest - command.length)}  ${shows}`,
  );
}
