import { z } from 'zod';
import {
  all,
  audited,
  check,
  facts,
  head,
  headWithoutRepo,
  keptFile,
  level,
  list,
  optional,
  planned,
  status,
  waiverProblem,
} from './schema-parts.ts';

/**
 * The documents as zod schemas. Only the generator of the JSON Schema and tests load this file; a test holds the
 * types of document.ts and these to the same shape.
 */
const audit = z.strictObject({
  ...head,
  command: z.literal('audit'),
  all,
  gaps: list(z.strictObject(audited).meta({ id: 'GapAudit' })),
  differences: list(z.string()),
  waiverProblems: list(waiverProblem),
});

const listed = z.strictObject({
  ...headWithoutRepo,
  command: z.literal('list'),
  gaps: list(z.strictObject(facts).meta({ id: 'GapFacts' })),
});

const explain = z.strictObject({
  ...headWithoutRepo,
  command: z.literal('explain'),
  gap: z.strictObject({
    ...facts,
    slug: z.string(),
    problem: z.string(),
    looksFor: z.string(),
    writes: list(z.string()),
    codes: list(z.strictObject({ code: z.string(), message: z.string(), note: z.boolean() })),
    options: list(
      z.strictObject({
        name: z.string(),
        description: optional(z.string()),
        default: z.string(),
        choices: optional(list(z.string())),
      }),
    ),
    references: list(z.string()),
  }),
});

const plan = z.strictObject({
  ...head,
  command: z.literal('plan'),
  all,
  gaps: list(z.strictObject(planned).meta({ id: 'PlannedGap' })),
});

const apply = z.strictObject({
  ...head,
  command: z.literal('apply'),
  all,
  dryRun: z.boolean(),
  run: optional(z.string()),
  gaps: list(z.strictObject({ ...planned, after: status }).meta({ id: 'AppliedGap' })),
});

const verify = z.strictObject({
  ...head,
  command: z.literal('verify'),
  all,
  level,
  apps: list(z.strictObject({ app: z.string(), checks: list(check) }).meta({ id: 'AppBuild' })),
  evidence: optional(z.string()),
  gaps: list(z.strictObject({ ...audited, checks: list(check) }).meta({ id: 'GapVerification' })),
  waiverProblems: list(waiverProblem),
});

const undo = z.strictObject({
  ...head,
  command: z.literal('undo'),
  run: z.string(),
  restored: list(z.string()),
  conflicts: list(keptFile),
});

const run = z
  .strictObject({
    id: z.string(),
    startedAt: z.iso.datetime(),
    state: z.enum(['applied', 'undone']),
    gaps: list(z.string()),
    files: list(z.string()),
  })
  .meta({ id: 'Run' });
const history = z.strictObject({ ...head, command: z.literal('history'), runs: list(run) });

const recover = z.strictObject({
  ...head,
  command: z.literal('recover'),
  outcome: z.enum(['nothing-to-do', 'rolled-back', 'undo-rolled-back']),
  run: optional(z.string()),
  files: list(z.string()),
  conflicts: list(keptFile),
});

const doctor = z.strictObject({
  ...headWithoutRepo,
  command: z.literal('doctor'),
  requirements: list(
    z.strictObject({
      name: z.string(),
      found: z.boolean(),
      version: optional(z.string()),
      needed: z.string(),
      remedy: optional(z.string()),
    }),
  ),
});

const error = z.strictObject({
  ...headWithoutRepo,
  command: z.literal('error'),
  error: z.strictObject({
    name: z.string(),
    message: z.string(),
    hint: optional(z.string()),
    exitCode: z.number().int().positive(),
  }),
});

/** Every document that aims-fix prints with `--json`. */
export const reportSchema = z.discriminatedUnion('command', [
  audit,
  listed,
  explain,
  plan,
  apply,
  verify,
  undo,
  history,
  recover,
  doctor,
  error,
]);
