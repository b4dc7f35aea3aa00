import { asRecord } from '../../src/repo/record.ts';
import { amount, type Fields, isSet, plain } from './amounts.ts';
import { consistency } from './consistency.ts';

/** What a service lacks. */
export type Lack = 'no-limits' | 'no-memory-limit' | 'no-cpu-limit' | 'no-reservations' | 'contradiction';

/**
 * What a service's merged value lacks of CPU and memory limits and reservations, and whether Compose refuses what it
 * has. Other numbers than the runbook's are a person's choice. The Compose specification's older keys (`mem_limit`,
 * `cpus`) limit as well; reservations are not asked of a service that uses them.
 */
export function lacksOf(service: Fields): readonly Lack[] {
  const missing = missingOf(service);
  if (missing.length > 0) return missing;
  return consistency(service).length > 0 ? ['contradiction'] : [];
}

function missingOf(service: Fields): readonly Lack[] {
  const { memory, cpus } = limitsOf(service);
  if (memory === undefined && cpus === undefined) return ['no-limits'];
  const reservations = asRecord(asRecord(asRecord(service.deploy).resources).reservations);
  const reserves = [reservations.memory, reservations.cpus, service.mem_reservation].some(isSet);
  return [
    ...(memory === undefined ? ['no-memory-limit' as const] : []),
    ...(cpus === undefined ? ['no-cpu-limit' as const] : []),
    ...(reserves || isOlder(service) ? [] : ['no-reservations' as const]),
  ];
}

/** Whether a service limits itself with the older keys, at its own level; those reserve no CPUs. */
export function isOlder({ mem_limit: memory, cpus, cpu_quota: quota }: Fields): boolean {
  return [memory, cpus, quota].some((value) => value !== undefined);
}

/** The limits in force, as they are written; CPUs are also limited by microseconds in every period. */
export function limitsOf(service: Fields): { readonly cpus: unknown; readonly memory: unknown } {
  const limits = asRecord(asRecord(asRecord(service.deploy).resources).limits);
  return {
    cpus: [limits.cpus, service.cpus, quotaOf(service)].find(isSet),
    memory: [limits.memory, service.mem_limit].find(isSet),
  };
}

/** Of every period of 100 ms, or of another. */
function quotaOf({ cpu_quota: quota, cpu_period: period = 100_000 }: Fields): unknown {
  return amount(quota) === 'environment' ? quota : plain(quota) / plain(period);
}

/** The older keys, at the level of the service. */
export const OLDER = ['mem_limit', 'cpus', 'cpu_quota', 'cpu_period', 'memswap_limit'] as const;

/** Whether a file says anything of a service's resources. */
export function speaksOfResources(layer: Fields): boolean {
  return (
    asRecord(layer.deploy).resources !== undefined ||
    [...OLDER, 'pids_limit', 'mem_reservation'].some((field) => layer[field] !== undefined)
  );
}

/** Whether closing these lacks writes a limit of CPUs. */
export function limitsCpus(lacks: readonly Lack[]): boolean {
  return lacks.includes('no-limits') || lacks.includes('no-cpu-limit');
}

/** Whether closing these lacks writes a limit of memory. */
export function limitsMemory(lacks: readonly Lack[]): boolean {
  return lacks.includes('no-limits') || lacks.includes('no-memory-limit');
}
