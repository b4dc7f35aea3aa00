import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';

const OPERABLE =
  'Make each listed element a <button type="button">; where it is a backdrop, close on Escape and set role="presentation"';

/** What a person could do; a note needs nothing. */
const TITLES: Readonly<Record<Code, string | undefined>> = {
  'unnamed-button':
    'Give each listed button an aria-label that says what it does ("Close", "Send message"), and its icon aria-hidden="true"',
  'title-only-button': undefined,
  'unlabelled-field':
    'Tie each listed field to a <label htmlFor> with an id from useId(); where the design shows none, give it an aria-label',
  'mouse-only-control': OPERABLE,
  'role-without-keys': OPERABLE,
  'image-without-alt':
    'Give each listed image an alt text that says what it shows; alt="" where it only decorates',
};

/** One step for each kind of finding. */
export function stepsFor(findings: readonly Finding<Code>[]): readonly ManualStep[] {
  const has = (title: string) => findings.some(({ code }) => TITLES[code] === title);
  const titles = [...new Set(Object.values(TITLES))].flatMap((title) => title ?? []);
  return titles.filter(has).map((title) => ({
    title,
    why: 'Only a person knows what the control is for; an invented name is worse than none.',
    seenBy: 'The finding is gone from the next audit.',
  }));
}
