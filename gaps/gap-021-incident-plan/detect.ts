import type { Finding, Findings } from '../../src/contract.ts';
import type { Plan } from './read/plan.ts';
import type { IncidentReadiness } from './read.ts';
import { SUBJECT } from './tables.ts';

export type Code = 'no-plan' | 'unfilled-plan' | 'missing-part' | 'blank-place' | 'unknown-name';

/** What a plan lacks for whoever follows it at night. */
export function detect({ deployedBy, plan }: IncidentReadiness): Findings<Code> {
  if (!plan)
    return { findings: [{ code: 'no-plan', path: SUBJECT.path, data: { how: deployedBy.join(', ') } }] };
  const { path, at, isForm } = plan;
  if (isForm) return { findings: [{ code: 'unfilled-plan', path, at }] };
  return { findings: flawsOf(plan), reason: `the plan is ${path}` };
}

function flawsOf({ path, at, missing, blanks, unknownNames }: Plan): readonly Finding<Code>[] {
  return [
    ...missing.map((part): Finding<Code> => ({ code: 'missing-part', path, at, data: { part } })),
    ...blanks.map(
      (each): Finding<Code> => ({
        code: 'blank-place',
        path,
        at: each.at,
        data: { name: each.name },
      }),
    ),
    ...unknownNames.map(
      (each): Finding<Code> => ({
        code: 'unknown-name',
        path,
        at: each.at,
        data: { name: each.name },
      }),
    ),
  ];
}
