import { z } from 'zod';

/** The parts of the documents as zod schemas: see schema.ts. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

export const optional = <Inner extends z.ZodType>(inner: Inner) => z.exactOptional(inner);

const gapId = z.templateLiteral(['GAP-', z.string()]).meta({ id: 'GapId' });

const priority = z.enum(['P0', 'P1', 'P2', 'P3']).meta({ id: 'Priority', description: 'P0 is critical.' });

export const level = z
  .enum(['static', 'build', 'live'])
  .meta({ id: 'Level', description: 'How deep it looks.' });

export const status = z
  .enum(['open', 'closed', 'not-applicable', 'unknown', 'blocked'])
  .meta({ id: 'Status' });

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

export const facts = {
  id: gapId,
  title: z.string(),
  priority,
  category: z.string(),
  effort: z.string(),
  fix: z.enum(['automatic', 'manual']),
  requires: list(gapId),
};

export const audited = {
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

export const planned = {
  ...audited,
  files: list(file),
  dependencies: list(dependency),
  alsoChanges: optional(
    list(z.string()).meta({
      description: "What the change does besides, which a reader of the gap's title would not expect.",
    }),
  ),
  diff: z.string().meta({ description: 'A unified diff that `git apply` accepts.' }),
};

export const evidence = z
  .strictObject({ subject: z.string(), observed: z.string() })
  .meta({ id: 'Evidence' });

const verdict = z
  .discriminatedUnion('verdict', [
    z.strictObject({ verdict: z.literal('pass'), evidence: list(evidence) }),
    z.strictObject({ verdict: z.literal('fail'), reason: z.string(), evidence: optional(list(evidence)) }),
    z.strictObject({ verdict: z.literal('skip'), reason: z.string(), remedy: optional(z.string()) }),
  ])
  .meta({ id: 'Verdict', description: 'A skip never counts as a pass.' });

export const check = z
  .strictObject({ title: z.string(), level, result: verdict, milliseconds: z.number() })
  .meta({ id: 'Check' });

export const waiverProblem = z
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

export const head = { schemaVersion: z.literal(1), tool, repo };

export const headWithoutRepo = { schemaVersion: z.literal(1), tool, repo: optional(repo) };

export const all = z.boolean().meta({ description: 'Whether every gap was asked for.' });

export const keptFile = z
  .strictObject({ path: z.string(), reason: z.string() })
  .meta({ id: 'KeptFile', description: 'A file that was left alone, and why.' });
