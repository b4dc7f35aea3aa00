import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';
import type { Databases } from './read.ts';
import { SUBJECT } from './tables.ts';

type Step = Pick<ManualStep, 'title' | 'why'>;

const OF_THE_TEAM =
  'What may be lost, who else writes, and where it will run next year are known to the team.';

const STEPS: Readonly<Record<Code, (databases: Databases, finding: Finding<Code>) => Step>> = {
  'no-strategy': ({ stores }) => ({
    title: `Write ${SUBJECT.path}: an inventory (${stores.map(({ kind, path }) => `${kind} in ${path}`).join('; ')}) with what each holds, who writes it, how it is backed up and how long it is kept; which of them is the one for new data and why; and what becomes of each other one, with a date or the reason to leave it. To evaluate is not to migrate: it claims no move that was not made`,
    why: OF_THE_TEAM,
  }),
  'unnamed-store': ({ strategy }, { data }) => ({
    title: `Let ${strategy?.path} say what ${data?.kind} is for, and whether it stays`,
    why: OF_THE_TEAM,
  }),
  'orphan-schema': (_databases, { path }) => ({
    title: `Delete ${path}, or use it`,
    why: 'Somebody may still mean to use it.',
  }),
};

/** A step for each finding. */
export function stepsFor(databases: Databases, wanted: readonly Finding<Code>[]): readonly ManualStep[] {
  return wanted.map((finding) => ({
    ...STEPS[finding.code](databases, finding),
    seenBy: 'The finding is gone from the next audit, and the checks of this gap pass.',
  }));
}
