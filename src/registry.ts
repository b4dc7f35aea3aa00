import type { Gap, GapMeta } from './contract.ts';

/** What is known of a gap without loading its code: enough for lists, help and the order. */
export type GapSummary = Omit<GapMeta, 'messages'>;

/** One gap of the registry; its module is loaded when the gap is used. */
export interface RegistryEntry {
  readonly summary: GapSummary;
  load(): Promise<{ readonly default: unknown }>;
}

/** Loads the code of gaps, keeping their order. */
export async function loadGaps(entries: readonly RegistryEntry[]): Promise<readonly Gap[]> {
  const modules = await Promise.all(entries.map((entry) => entry.load()));
  return modules.map((module, index) => requireGap(module.default, entries[index]?.summary.id ?? ''));
}

function requireGap(value: unknown, id: string): Gap {
  if (isGap(value)) return value;
  throw new TypeError(`the module of ${id} does not export a gap by default`);
}

function isGap(value: unknown): value is Gap {
  return typeof value === 'object' && value !== null && 'meta' in value && 'read' in value;
}
