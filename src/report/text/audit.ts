import type { WaiverProblem } from '../../runner/waivers.ts';
import type { AuditDocument } from '../document.ts';
import type { View } from '../view.ts';
import { count } from '../words.ts';
import { auditLine, detailLines, gapLines } from './gap.ts';
import { blocks, heading, paragraph } from './lines.ts';
import { commandLines, groupLines, needsAttention, totalsLines, worstLines } from './page.ts';

/**
 * An audit of everything is one page: what aims-fix can close, what needs a person, where to look first, and the
 * totals with the next commands at the end. An audit of named gaps says more of each; `--full` says everything.
 */
export function auditText(document: AuditDocument, view: View): readonly string[] {
  const { gaps, differences, waiverProblems } = document;
  const isPage = document.all && !view.full;
  const shown = view.quiet ? gaps.filter(needsAttention) : gaps;
  const list = view.quiet
    ? [gapLines(shown.map(auditLine), view)]
    : isPage
      ? [...groupLines(gaps, view), worstLines(gaps, view)]
      : [gapLines(shown.map(auditLine), view), ...shown.map((gap) => detailLines(gap, view))];
  return blocks(
    heading(document, view),
    ...list,
    view.quiet ? [] : differenceLines(differences, view),
    [...totalsLines(gaps, isPage, view), ...waiverLines(waiverProblems, view)],
    view.quiet ? [] : commandLines(document, view),
  );
}

/** A waiver that expired or covers nothing fails the run, so it stands where the totals are read. */
export function waiverLines(problems: readonly WaiverProblem[], view: View): readonly string[] {
  return problems.flatMap(({ message }) => paragraph(`error: ${message}`, { lead: '', tone: 'bad' }, view));
}

function differenceLines(differences: readonly string[], view: View): readonly string[] {
  if (differences.length === 0) return [];
  const words = `The repository's own runbook says something else in ${count(differences.length, 'place')}`;
  if (!view.full) return paragraph(`${words}: --full`, { lead: '' }, view);
  const lines = differences.flatMap((difference) => paragraph(difference, { lead: '  ' }, view));
  return [...paragraph(`${words}:`, { lead: '' }, view), ...lines];
}
