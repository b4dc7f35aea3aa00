import type { Finding } from '../../../src/contract.ts';
import type { Code } from '../detect.ts';
import type { Lack } from '../limits.ts';
import { type DeployedService, type LimitsState, serviceOf } from '../read.ts';

/** A service, and what of its lacks is to be closed. */
export interface Wanted {
  readonly service: DeployedService;
  readonly lacks: readonly Lack[];
}

/** The services of the findings, each with what is wanted of it. */
export function wantedIn(
  state: LimitsState,
  findings: readonly Finding<Code>[],
  siblings: boolean,
): readonly Wanted[] {
  const wanted = new Map<DeployedService, Lack[]>();
  for (const finding of findings) {
    const service = serviceOf(state, finding);
    const lack = lackOf(finding.code, siblings);
    if (service && lack) wanted.set(service, [...(wanted.get(service) ?? []), lack]);
  }
  return [...wanted].map(([service, lacks]) => ({ service, lacks }));
}

function lackOf(code: Code, siblings: boolean): Lack | undefined {
  if (code === 'host-size') return undefined;
  if (code === 'sibling-without-limits') return siblings ? 'no-limits' : undefined;
  return code;
}
