import type { Gap } from '../contract.ts';
import { AimsFixError } from '../errors.ts';
import { factsOf } from '../runner/audit.ts';
import type { GapPlan } from '../runner/results.ts';
import { diffFiles } from './diff-stat.ts';
import type { ErrorDocument, ExplainedOption, GapExplanation, PlannedGap } from './document.ts';
import type { HeadWithoutRepo } from './document-head.ts';

/** A plan as it is reported: the diff says what the edits do. */
export function plannedGap({ edits: _, ...plan }: GapPlan): PlannedGap {
  return { ...plan, files: diffFiles(plan.diff) };
}

/** Everything that the metadata of a gap says. Loads zod when the gap has options. */
export async function explainGap(gap: Gap): Promise<GapExplanation> {
  const { slug, problem, looksFor, writes, messages, references } = gap.meta;
  const codes = Object.entries(messages).map(([code, message]) => ({
    code,
    message: typeof message === 'string' ? message : message.text,
    note: typeof message !== 'string',
  }));
  return {
    ...factsOf(gap),
    slug,
    problem,
    looksFor,
    writes,
    codes,
    options: await optionsOf(gap),
    references,
  };
}

async function optionsOf(gap: Gap): Promise<readonly ExplainedOption[]> {
  if (!gap.options) return [];
  const { z } = await import('zod');
  const { properties = {} } = z.toJSONSchema(gap.options(z));
  return Object.entries(properties).map(([name, option]) => {
    const { description, default: value, enum: choices } = typeof option === 'boolean' ? {} : option;
    return {
      name,
      ...(description === undefined ? {} : { description }),
      default: JSON.stringify(value ?? null),
      ...(choices ? { choices: choices.map(String) } : {}),
    };
  });
}

/** A failure as a document. What is not an AimsFixError is our bug and says so. */
export function errorDocument(head: HeadWithoutRepo, error: unknown): ErrorDocument {
  if (error instanceof AimsFixError) {
    const { name, message, hint, exitCode } = error;
    const failure = { name, message, ...(hint === undefined ? {} : { hint }), exitCode };
    return { ...head, command: 'error', error: failure };
  }
  const message = error instanceof Error ? error.message : String(error);
  const hint = 'This is a bug of aims-fix; please report it with the command that you typed.';
  return { ...head, command: 'error', error: { name: 'InternalError', message, hint, exitCode: 3 } };
}
