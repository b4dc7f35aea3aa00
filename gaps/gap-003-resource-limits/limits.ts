import { asRecord } from '../../src/repo/record.ts';

/** The fields of a service in a Compose file. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a service lacks. */
export type Lack = 'no-limits' | 'no-memory-limit' | 'no-cpu-limit' | 'no-reservations';

/**
 * What a service's merged value lacks of CPU and memory limits and reservations. Other numbers than the runbook's
 * are a person's choice. The Compose specification's older keys (`mem_limit`, `cpus`) limit as well; reservations are
 * not asked of a service that uses them.
 */
export function lacksOf(service: Fields): readonly Lack[] {
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
    (typeof value === 'string' && value.trim() !== '' && !/^0+(\.0*)?\s*[a-z]*$/i.test(value.trim())) ||
    (typeof value === 'number' && value > 0)
  );
}

/** Whether a file says anything of a service's resources. */
export function speaksOfResources(layer: Fields): boolean {
  return (
    asRecord(layer.deploy).resources !== undefined ||
    layer.mem_limit !== undefined ||
    layer.cpus !== undefined
  );
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/**
 * The number behind a limit: CPUs, or the Compose specification's byte values (`512M`, `2gb`, `1048576`), and of
 * `${NAME:-2G}` the default. 'environment' where only the environment knows, NaN for anything else.
 */
export function amount(value: unknown): number | 'environment' {
  const text = String(value).trim();
  const [whole, fallback] = /^\$\{?\w+(?::?-([^}]*))?[^}]*\}?$/.exec(text) ?? [];
  if (whole !== undefined && fallback === undefined) return 'environment';
  const match = /^([\d.]+)\s*([bkmg]?)b?$/i.exec(fallback ?? text);
  return match ? Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? Number.NaN) : Number.NaN;
}
