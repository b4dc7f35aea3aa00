import type { GapAudit, ReportedFinding } from '../../runner/results.ts';
import { visible } from '../../words/visible.ts';
import type { Tone } from '../colour.ts';
import type { View } from '../view.ts';
import { displayWidth, pad } from '../width.ts';
import { count, placeOf, sortFindings } from '../words.ts';
import { paragraph } from './lines.ts';

/** So many findings are shown one by one; more are grouped by what they say. */
const FEW = 8;
/** How many places of a group, and how many notes, are shown. */
const SHOWN = 3;
const PLACE_WIDTH = 56;

/** The findings of a gap: what is open, what was accepted, and, apart, what goes beyond what was asked. */
export function findingLines(gap: GapAudit, view: View): readonly string[] {
  const { open, waived, notes } = sortFindings(gap.findings);
  return [
    ...(view.full || open.length <= FEW ? locatedLines(open, '  ', view) : groupedLines(open, view)),
    ...(view.quiet ? [] : waivedLines(waived, view)),
    ...(view.quiet ? [] : noteLines(notes, view)),
  ];
}

/** By code: how many, the first places, and how many more. */
function groupedLines(findings: readonly ReportedFinding[], view: View): readonly string[] {
  return groups(findings, ({ code }) => code).flatMap(([code, all]) => [
    ...paragraph(`${all.length}  ${code}`, { lead: '  ', tone: 'strong' }, view),
    ...someLines(all, '    ', view),
  ]);
}

function someLines(
  findings: readonly ReportedFinding[],
  indent: string,
  view: View,
  tone?: Tone,
): readonly string[] {
  const shown = view.full ? findings : findings.slice(0, SHOWN);
  const rest = findings.slice(shown.length);
  const files = new Set(rest.map(({ path }) => path)).size;
  return [
    ...locatedLines(shown, indent, view, tone),
    ...(rest.length > 0
      ? paragraph(
          `… ${rest.length} more in ${count(files, 'file')}: --full`,
          { lead: indent, tone: 'dim' },
          view,
        )
      : []),
  ];
}

function noteLines(notes: readonly ReportedFinding[], view: View): readonly string[] {
  if (notes.length === 0) return [];
  return [
    ...paragraph(`notes, not counted (${notes.length})`, { lead: '  ', tone: 'dim' }, view),
    ...someLines(notes, '    ', view, 'dim'),
  ];
}

/** What one decision accepted stands under that decision. */
function waivedLines(findings: readonly ReportedFinding[], view: View): readonly string[] {
  const decision = ({ waived }: ReportedFinding) =>
    `waived by ${waived?.owner} until ${waived?.expires}: ${waived?.reason}`;
  return groups(findings, decision).flatMap(([words, all]) => [
    ...paragraph(words, { lead: '  ', tone: 'dim' }, view),
    ...someLines(all, '    ', view, 'dim'),
  ]);
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

/** The items by a key, in the order in which the keys turn up. */
function groups<T>(
  items: readonly T[],
  key: (item: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return [...found];
}
