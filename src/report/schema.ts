import { z } from 'zod';

/**
 * The documents as zod schemas. Only the generator of the JSON Schema and tests load this file; a test holds the
 * types of document.ts and these to the same shape.
 */
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const optional = <Inner extends z.ZodType>(inner: Inner) => z.exactOptional(inner);

const gapId = z.templateLiteral(['GAP-', z.string()]).meta({ id: 'GapId' });
const priority = z.enum(['P0', 'P1', 'P2', 'P3']).meta({ id: 'Priority', description: 'P0 is critical.' });
const level = z.enum(['static', 'build', 'live']).meta({ id: 'Level', description: 'How deep it looks.' });
const status = z.enum(['open', 'closed', 'not-applicable', 'unknown', 'blocked']).meta({ id: 'Status' });
const position = z.number().int().positive();
const lines = z.number().int().nonnegative();

const waivedBy = z
  .strictObject({ reason: z.string(), owner: z.string(), expires: z.iso.date() })
  .meta({ id: 'WaivedBy', description: 'Who accepted a finding, why, and until which day.' });

const finding = z
  .strictObject({
    code: z.string(),
    message: z.string(),
    path: z.string(),
    line: optional(position),
    column: optional(position),
    fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
    note: z.boolean(),
    waived: optional(waivedBy),
  })
  .meta({ id: 'Finding', description: 'One thing to do at one place. A note is shown and never counted.' });

const manualStep = z
  .strictObject({ title: z.string(), why: z.string(), seenBy: z.string() })
  .meta({ id: 'ManualStep', description: 'A step that no code can take.' });

const facts = {
  id: gapId,
  title: z.string(),
  priority,
  category: z.string(),
  effort: z.string(),
  fix: z.enum(['automatic', 'manual']),
  requires: list(gapId),
};
const audited = {
  ...facts,
  status,
  reason: optional(z.string()),
  findings: list(finding),
  manual: list(manualStep),
  failure: optional(z.string().meta({ description: 'The stack, where aims-fix itself failed on this gap.' })),
};

const file = z
  .strictObject({
    path: z.string(),
    change: z.enum(['create', 'change', 'delete']),
    added: lines,
    removed: lines,
  })
  .meta({ id: 'PlannedFile' });

const dependency = z
  .strictObject({ dir: z.string(), name: z.string(), range: z.string(), dev: z.boolean(), why: z.string() })
  .meta({ id: 'Dependency', description: 'An npm package to add.' });

const planned = {
  ...audited,
  files: list(file),
  dependencies: list(dependency),
  diff: z.string().meta({ description: 'A unified diff that `git apply` accepts.' }),
};

const evidence = z.strictObject({ subject: z.string(), observed: z.string() }).meta({ id: 'Evidence' });
const verdict = z
  .discriminatedUnion('verdict', [
    z.strictObject({ verdict: z.literal('pass'), evidence: list(evidence) }),
    z.strictObject({ verdict: z.literal('fail'), reason: z.string(), evidence: optional(list(evidence)) }),
    z.strictObject({ verdict: z.literal('skip'), reason: z.string(), remedy: optional(z.string()) }),
  ])
  .meta({ id: 'Verdict', description: 'A skip never counts as a pass.' });
const check = z
  .strictObject({ title: z.string(), level, result: verdict, milliseconds: z.number() })
  .meta({ id: 'Check' });

const waiverProblem = z
  .strictObject({
    gap: gapId,
    fingerprint: optional(z.string()),
    kind: z.enum(['expired', 'unused']),
    message: z.string(),
  })
  .meta({ id: 'WaiverProblem' });

const repo = z
  .strictObject({
    name: z.string(),
    commit: optional(z.string()),
    apps: list(z.string()),
    compose: list(z.string()),
  })
  .meta({ id: 'Repo', description: 'The target; never an absolute path.' });
const tool = z.strictObject({ name: z.string(), version: z.string() }).meta({ id: 'Tool' });
const head = { schemaVersion: z.literal(1), tool, repo };
const headWithoutRepo = { schemaVersion: z.literal(1), tool, repo: optional(repo) };
const all = z.boolean().meta({ description: 'Whether every gap was asked for.' });

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

const keptFile = z
  .strictObject({ path: z.string(), reason: z.string() })
  .meta({ id: 'KeptFile', description: 'A file that was left alone, and why.' });

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
