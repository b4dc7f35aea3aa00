import type { ManualStep } from '../../src/contract.ts';
import { consistency } from './consistency.ts';
import type { Code } from './detect.ts';
import type { DeployedService } from './read.ts';
import type { Size } from './sizes.ts';

type Title = (service: DeployedService, size: Size) => string;

const limits: Title = ({ path, name }, size) =>
  `In ${path}, give the service ${name} limits of ${size.cpus} CPUs and ${size.memory}, reservations of ${size.reservedCpus} CPUs and ${size.reservedMemory}`;

/** What is to be done by hand where no edit is safe; nothing where the finding says all. */
const TITLES: Readonly<Record<Code, Title | undefined>> = {
  'no-limits': limits,
  'no-memory-limit': limits,
  'no-cpu-limit': limits,
  'no-reservations': limits,
  contradiction: ({ path, name, value }) =>
    `In ${path}, make the limits of the service ${name} agree: ${consistency(value).join('; ')}`,
  'sibling-without-limits': limits,
  'host-size': undefined,
};

/** The step for a service that cannot be edited. */
export function handStep(
  code: Code,
  service: DeployedService,
  size: Size,
  reason: string,
): readonly ManualStep[] {
  const title = TITLES[code]?.(service, size);
  if (title === undefined) return [];
  const why = `It cannot be edited safely: ${reason}.`;
  return [{ title, why, seenBy: 'The merged Compose model shows limits that Compose accepts.' }];
}
