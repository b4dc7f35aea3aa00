import { asRecord } from '../../src/repo/record.ts';

/** What a service lacks. */
export type Lack = 'no-limits' | 'no-memory-limit' | 'no-cpu-limit' | 'no-reservations';

/**
 * What a service's merged value lacks of CPU and memory limits and reservations. Other numbers than the runbook's
 * are a person's choice. The Compose specification's older keys (`mem_limit`, `cpus`) limit as well; reservations are
 * not asked of a service that uses them.
 */
export function lacksOf(service: Readonly<Record<string, unknown>>): readonly Lack[] {
  const resources = asRecord(asRecord(service.deploy).resources);
  const limits = asRecord(resources.limits);
  const reservations = asRecord(resources.reservations);
  const memory = isSet(limits.memory) || isSet(service.mem_limit);
  const cpus = isSet(limits.cpus) || isSet(service.cpus) || isSet(service.cpu_quota);
  if (!memory && !cpus) return ['no-limits'];
  const reserves = isSet(reservations.memory) || isSet(reservations.cpus);
  const isLegacy = service.mem_limit !== undefined || service.cpus !== undefined;
  return [
    ...(memory ? [] : ['no-memory-limit' as const]),
    ...(cpus ? [] : ['no-cpu-limit' as const]),
    ...(reserves || isLegacy ? [] : ['no-reservations' as const]),
  ];
}

/** Whether a value limits anything: a limit of zero is none (Compose specification, deploy.resources). */
export function isSet(value: unknown): boolean {
  return (
    (typeof value === 'string' && value.trim() !== '' && value !== '0') ||
    (typeof value === 'number' && value > 0)
  );
}
