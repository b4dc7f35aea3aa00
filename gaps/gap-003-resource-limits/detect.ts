import type { Finding, Findings } from '../../src/contract.ts';
import { capacityOf } from './capacity.ts';
import { consistency } from './consistency.ts';
import type { Lack } from './limits.ts';
import type { DeployedService, DeployedStack, LimitsState } from './read.ts';

export type Code = Lack | 'sibling-without-limits' | 'host-size';

/** What the application lacks; what its server has to hold is told once nothing is lacking. */
export function detect({ stacks, services, evidence }: LimitsState): Findings<Code> {
  const findings = services.flatMap(findingsOf);
  const isClosed = findings.every(({ code }) => code === 'sibling-without-limits');
  const sizes = new Map(stacks.map(hostSize).map((finding) => [finding.path, finding]));
  return { findings: isClosed ? [...findings, ...sizes.values()] : findings, reason: evidence };
}

function findingsOf({
  path,
  name,
  at,
  role,
  value,
  lacks,
  isLongRunning,
  profiles,
}: DeployedService): readonly Finding<Code>[] {
  if (role !== 'sibling')
    return lacks.map((code) => {
      const why = code === 'contradiction' ? { why: consistency(value).join('; ') } : {};
      return { code, path, at, data: { service: name, ...why } };
    });
  if (!isLongRunning || profiles.length > 0 || lacks[0] !== 'no-limits') return [];
  return [{ code: 'sibling-without-limits', path, at, data: { service: name } }];
}

function hostSize(stack: DeployedStack): Finding<Code> {
  const { sum, rest } = capacityOf(stack.services);
  return { code: 'host-size', path: stack.files[0]?.path ?? '', at: 0, data: { sum, rest } };
}
