import type { ManualStep } from '../../contract.ts';
import type { View } from '../view.ts';
import { paragraph } from './lines.ts';

/** How many steps are shown where not everything is asked for. */
const SHOWN = 5;

/**
 * The steps that only a person can take, numbered. Why a person has to, and how it will be seen, stand below the last
 * of the steps that share them.
 */
export function stepLines(steps: readonly ManualStep[], view: View): readonly string[] {
  if (steps.length === 0 || view.quiet) return [];
  const shown = view.full ? steps : steps.slice(0, SHOWN);
  const more = steps.length - shown.length;
  const numbered = shown.flatMap((step, index) => {
    const lead = `    ${index + 1}. `;
    const below = ' '.repeat(lead.length);
    const next = shown[index + 1];
    const isShared = next?.why === step.why && next.seenBy === step.seenBy;
    return [
      ...paragraph(step.title, { lead }, view),
      ...(isShared
        ? []
        : [
            ...paragraph(`why: ${step.why}`, { lead: below, tone: 'dim' }, view),
            ...paragraph(`seen by: ${step.seenBy}`, { lead: below, tone: 'dim' }, view),
          ]),
    ];
  });
  return [
    '  for a person:',
    ...numbered,
    ...(more > 0 ? paragraph(`… ${more} more: --full`, { lead: '    ', tone: 'dim' }, view) : []),
  ];
}
