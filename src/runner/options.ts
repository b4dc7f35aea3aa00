import type { Gap } from '../contract.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../words/suggest.ts';
import { type Ordered, resolveGap } from './order.ts';

/** Raw option values per gap id: from `--option` (strings) over the configuration (any JSON value). */
export type RawOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Reads `--option <gap>.strategy=gate`, repeated; the gap may be named in every way that `--gap` takes.
 * @throws UsageError when one is not of that form, or names no gap.
 */
export function parseOptionFlags(flags: readonly string[], gaps: readonly Ordered[]): RawOptions {
  const options: Record<string, Record<string, unknown>> = {};
  for (const flag of flags) {
    const match = /^([^.=]+)\.([^.=]+)=(.*)$/s.exec(flag);
    if (!match)
      throw new UsageError(
        `--option ${flag} is not of the form GAP.name=value`,
        'For example: --option <gap>.strategy=gate',
      );
    const [, named = '', name = '', value = ''] = match;
    const gap = resolveGap(gaps, named);
    options[gap] = { ...options[gap], [name]: value };
  }
  return options;
}

/**
 * The parsed options of each gap, defaults filled in. Flags win over the configuration.
 * @throws UsageError naming an unknown gap, an unknown option or a wrong value.
 */
export async function parseOptions(
  gaps: readonly Gap[],
  known: readonly string[],
  flags: RawOptions,
  configured: RawOptions,
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  for (const id of [...Object.keys(flags), ...Object.keys(configured)]) {
    if (!known.includes(id))
      throw new UsageError(`options name the unknown gap ${id}`, didYouMean(id, known));
  }
  const parsed = new Map<string, Readonly<Record<string, unknown>>>();
  const { z } = gaps.some(({ options }) => options) ? await import('zod') : { z: undefined };
  for (const gap of gaps) {
    const given = { ...configured[gap.meta.id], ...flags[gap.meta.id] };
    const schema = z && gap.options?.(z);
    if (!schema) {
      refuseUnknown(gap, Object.keys(given), []);
      continue;
    }
    refuseUnknown(gap, Object.keys(given), Object.keys(schema.shape));
    const result = schema.safeParse(mapValues(given, fromFlag));
    if (!result.success) {
      const issue = result.error.issues[0];
      throw new UsageError(
        `option ${gap.meta.id}.${issue?.path.join('.')}: ${issue?.message}`,
        `See: aims-fix explain ${gap.meta.id}`,
      );
    }
    parsed.set(gap.meta.id, result.data);
  }
  return parsed;
}

function refuseUnknown(gap: Gap, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(
    `${gap.meta.id} has no option ${unknown}`,
    known.length > 0 ? didYouMean(unknown, known) : 'It has no options.',
  );
}

/** On the command line everything is a string; `true`, `false` and numbers mean what they say. */
function fromFlag(value: unknown): unknown {
  if (value === 'true') return true;
  if (value === 'false') return false;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

function mapValues(
  record: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
