import type { Gap } from '../../contract.ts';
import { UsageError } from '../../errors.ts';
import { loadGaps } from '../../registry.ts';
import type { ExplainedOption, GapExplanation } from '../../report/document.ts';
import { factsOf } from '../../runner/audit.ts';
import { bareHead } from '../head.ts';
import type { Outcome } from '../outcome.ts';
import { selectEntries } from '../target.ts';

/** `aims-fix explain GAP`: what the gap is, what it looks for, what it would touch, how it is verified. */
export async function explain(id: string): Promise<Outcome> {
  const [gap] = await loadGaps(selectEntries({ gap: [id] }));
  if (!gap) throw new UsageError(`unknown gap ${id}`, 'See: aims-fix list');
  return { document: { ...bareHead(), command: 'explain', gap: await explanationOf(gap) }, exitCode: 0 };
}

async function explanationOf(gap: Gap): Promise<GapExplanation> {
  const { slug, problem, looksFor, writes, messages, references } = gap.meta;
  return {
    ...factsOf(gap),
    slug,
    problem,
    looksFor,
    writes,
    codes: Object.entries(messages).map(([code, message]) => ({
      code,
      message: typeof message === 'string' ? message : message.text,
      note: typeof message !== 'string',
    })),
    options: await optionsOf(gap),
    references,
  };
}

async function optionsOf(gap: Gap): Promise<readonly ExplainedOption[]> {
  if (!gap.options) return [];
  const { z } = await import('zod');
  const { properties = {} } = z.toJSONSchema(gap.options(z));
  return Object.entries(properties).map(([name, schema]) => explained(name, typeof schema === 'object' ? schema : {}));
}

function explained(name: string, schema: { description?: string; default?: unknown; enum?: unknown[] }): ExplainedOption {
  return {
    name,
    ...(schema.description === undefined ? {} : { description: schema.description }),
    default: JSON.stringify(schema.default),
    ...(schema.enum === undefined ? {} : { choices: schema.enum.map(String) }),
  };
}
