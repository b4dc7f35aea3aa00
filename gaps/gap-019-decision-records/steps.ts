import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';
import type { DecisionState } from './read.ts';

const TITLES: Readonly<Record<Code, (state: DecisionState, path: string) => string>> = {
  'no-records': write,
  'only-template': write,
  'no-decision': fill,
  'empty-record': fill,
};

/** A step for each finding. */
export function stepsFor(state: DecisionState, wanted: readonly Finding<Code>[]): readonly ManualStep[] {
  return wanted.map(({ code, path }) => ({
    title: TITLES[code](state, path),
    why: 'Why a decision was taken is known to those who took it; an invented reason is worse than none.',
    seenBy: 'The finding is gone from the next audit, and the checks of this gap pass.',
  }));
}

function write({ subjects }: DecisionState): string {
  return `Write docs/adr/0001-record-architecture-decisions.md and a record for each decision that still binds (${subjects.join('; ')}), each with its status, context, decision and consequences`;
}

function fill(_state: DecisionState, path: string): string {
  return `In ${path}, write below a heading Decision what was decided, or delete the file`;
}
