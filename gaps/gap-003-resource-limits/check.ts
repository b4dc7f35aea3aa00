import type { Verdict } from '../../src/contract.ts';
import { asRecord } from '../../src/repo/record.ts';
import { amount, inCpus, inUnits } from './amounts.ts';
import { consistency } from './consistency.ts';
import { isOlder, limitsOf } from './limits.ts';
import type { RoledService } from './roles.ts';

/** Judges the merged model as Compose and Docker would: the numbers themselves, and whether they are accepted. */
export function limited(paths: readonly string[], { name, value: service, isCopy }: RoledService): Verdict {
  const refused = consistency(service);
  if (refused.length > 0)
    return { verdict: 'fail', reason: `Compose or Docker refuses ${name}: ${refused.join('; ')}` };
  const limits = limitsOf(service);
  const [cpus, memory] = [amount(limits.cpus), amount(limits.memory)];
  if (cpus !== 'environment' && !(cpus > 0)) return { verdict: 'fail', reason: `${name} has no CPU limit` };
  if (memory !== 'environment' && !(memory > 0))
    return { verdict: 'fail', reason: `${name} has no memory limit` };
  const reserved = reservedBy(service);
  if (!isOlder(service) && !isCopy && reserved.length === 0)
    return { verdict: 'fail', reason: `${name} reserves nothing` };
  if (cpus === 'environment' || memory === 'environment' || reserved.includes('environment'))
    return {
      verdict: 'skip',
      reason: `only the environment of the deployment knows what ${name} may use`,
      remedy: 'give each variable a default, with :- and the number inside its braces',
    };
  return {
    verdict: 'pass',
    evidence: [
      { subject: `${paths.join(' + ')}: services.${name}`, observed: `${inCpus(cpus)}, ${inUnits(memory)}` },
    ],
  };
}

function reservedBy(service: RoledService['value']): readonly (number | 'environment')[] {
  const { cpus, memory } = asRecord(asRecord(asRecord(service.deploy).resources).reservations);
  return [cpus, memory, service.mem_reservation]
    .filter((value) => value !== undefined && value !== null)
    .map(amount)
    .filter((value) => value === 'environment' || value > 0);
}
