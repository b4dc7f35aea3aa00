export type { Fields } from '../../src/read/deploy/merged-services.ts';

/** Whether a value limits anything: a limit of zero is none (Compose specification, deploy.resources). */
export function isSet(value: unknown): boolean {
  return (
    (typeof value === 'string' && value.trim() !== '' && !/^0+(\.0*)?\s*[a-z]*$/i.test(value.trim())) ||
    (typeof value === 'number' && value > 0)
  );
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/**
 * The number behind a limit: CPUs, or the Compose specification's byte values (`512M`, `2gb`, `1GiB`, `1048576`), and
 * of `${NAME:-2G}` the default. 'environment' where only the environment knows, NaN for anything else.
 */
export function amount(value: unknown): number | 'environment' {
  const text = String(value).trim();
  const [whole, fallback] = /^\$\{?\w+(?::?-([^}]*)|[^\w}][^}]*)?\}?$/.exec(text) ?? [];
  if (whole !== undefined && fallback === undefined) return 'environment';
  const match = /^(-?[\d.]+)\s*([bkmgtp]?)(?:i?b)?$/i.exec(fallback ?? text);
  return match ? Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? Number.NaN) : Number.NaN;
}

/** The number, or NaN where it is not written out. */
export function plain(value: unknown): number {
  const found = amount(value ?? 0);
  return found === 'environment' ? Number.NaN : found;
}

/** Bytes as people write them. */
export function inUnits(bytes: number): string {
  const [size, unit] = bytes >= 2 ** 30 ? [bytes / 2 ** 30, 'GiB'] : [bytes / 2 ** 20, 'MiB'];
  return `${Number(size.toFixed(2))} ${unit}`;
}

/** CPUs as people write them. */
export function inCpus(cpus: number): string {
  return cpus === 1 ? '1 CPU' : `${Number(cpus.toFixed(2))} CPUs`;
}
