import type { GapAudit } from '../../runner/results.ts';
import type { WaiverProblem } from '../../runner/waivers.ts';
import type { AuditDocument } from '../document.ts';
import type { View } from '../view.ts';
import { openByPriority, totalsText } from '../words.ts';
import { auditLine, findingLines, gapHeader, gapLines, stepLines } from './gap.ts';
import { blocks, heading, nextLine, paragraph, totalLine } from './lines.ts';

/** One line per gap in execution order, the totals, then what to do about each gap. */
export function auditText(document: AuditDocument, view: View): readonly string[] {
  const { gaps, differences, waiverProblems } = document;
  const shown = view.quiet ? gaps.filter(needsAttention) : gaps;
  return blocks(
    heading(document, view),
    gapLines(shown.map(auditLine), view),
    totalsLines(gaps, view),
    waiverLines(waiverProblems, view),
    ...shown.map((gap) => detailLines(gap, view)),
    view.quiet ? [] : differenceLines(differences, view),
    nextLine(document, view),
  );
}

function needsAttention({ status }: GapAudit): boolean {
  return status === 'open' || status === 'unknown' || status === 'blocked';
}

function totalsLines(gaps: readonly GapAudit[], view: View): readonly string[] {
  const weight = view.quiet ? undefined : openByPriority(gaps);
  return [
    ...totalLine(totalsText(gaps), view),
    ...(weight === undefined ? [] : paragraph(weight, { lead: '', tone: 'dim' }, view)),
  ];
}

/** A waiver that expired or covers nothing fails the run, so it stands where the totals are read. */
export function waiverLines(problems: readonly WaiverProblem[], view: View): readonly string[] {
  return problems.flatMap(({ message }) => paragraph(`error: ${message}`, { lead: '', tone: 'bad' }, view));
}

function detailLines(gap: GapAudit, view: View): readonly string[] {
  const lines = [...reasonLines(gap, view), ...findingLines(gap, view), ...stepLines(gap.manual, view)];
  return lines.length > 0 ? [...gapHeader(gap, view), ...lines] : [];
}

/** Why a gap could not be judged, whole; its line above may have been cut. */
function reasonLines({ status, reason }: GapAudit, view: View): readonly string[] {
  if (reason === undefined || (status !== 'unknown' && status !== 'blocked')) return [];
  return paragraph(`${status}: ${reason}`, { lead: '  ' }, view);
}

function differenceLines(differences: readonly string[], view: View): readonly string[] {
  if (differences.length === 0) return [];
  const lines = differences.flatMap((difference) => paragraph(difference, { lead: '  ' }, view));
  return [...paragraph("the target's own runbook says something else:", { lead: '' }, view), ...lines];
}
