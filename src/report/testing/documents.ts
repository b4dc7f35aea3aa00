import type { ManualStep } from '../../contract.ts';
import type { GapAudit, GapVerification, ReportedFinding } from '../../runner/results.ts';
import { unifiedDiff } from '../../words/diff.ts';
import { diffFiles } from '../diff-stat.ts';
import type {
  ApplyDocument,
  AuditDocument,
  DoctorDocument,
  ErrorDocument,
  ExplainDocument,
  HistoryDocument,
  ListDocument,
  PlanDocument,
  PlannedGap,
  RecoverDocument,
  ReportDocument,
  UndoDocument,
  VerifyDocument,
} from '../document.ts';
import type { DocumentHead } from '../document-head.ts';

/** One document of every kind, with every optional field somewhere, for the tests of the reporters. */
const head: DocumentHead = {
  schemaVersion: 1,
  tool: { name: 'aims-fix', version: '0.1.0' },
  repo: {
    name: 'Sample',
    commit: '0123456789abcdef0123456789abcdef01234567',
    apps: ['frontend'],
    compose: ['infra/compose.yml'],
  },
};

export function finding(fields: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    code: 'no-guard',
    message: 'GET answers in production.',
    path: 'frontend/app/api/test/route.ts',
    line: 12,
    column: 3,
    fingerprint: '0123456789abcdef',
    note: false,
    ...fields,
  };
}

export const step: ManualStep = {
  title: 'Set SENTRY_DSN on the server.',
  why: 'Only the owner of the project has it.',
  seenBy: 'verify --level live sends an event.',
};

export function gap(fields: Partial<GapAudit> = {}): GapAudit {
  return {
    id: 'GAP-A',
    title: 'Remove debug endpoints',
    priority: 'P0',
    category: 'Security',
    effort: '5 min',
    fix: 'automatic',
    requires: [],
    status: 'open',
    findings: [finding()],
    manual: [],
    ...fields,
  };
}

const notes = ['one', 'two', 'three', 'four', 'five'].map((word) =>
  finding({ code: 'sibling', message: `The ${word} sibling too.`, path: `infra/${word}.yml`, note: true }),
);
const waived = { reason: 'behind the firewall', owner: 'ops', expires: '2026-12-31' };
const missing: ReportedFinding = {
  code: 'no-boundary',
  message: 'No error boundary covers the dashboard.',
  path: 'frontend/app/dashboard/error.tsx',
  fingerprint: 'fedcba9876543210',
  note: false,
};

export const audit: AuditDocument = {
  ...head,
  command: 'audit',
  all: true,
  gaps: [
    gap({ findings: [finding(), finding({ path: 'b.ts', line: 1, column: 1, waived })] }),
    gap({ id: 'GAP-B', title: 'Add error boundaries', effort: '15 min', findings: [missing, ...notes] }),
    gap({ id: 'GAP-C', title: 'Add limits', status: 'closed', findings: [], manual: [step] }),
    gap({ id: 'GAP-D', title: 'Back up the database', priority: 'P1', status: 'closed', findings: [] }),
    gap({
      id: 'GAP-E',
      title: 'Document the API',
      priority: 'P2',
      status: 'not-applicable',
      reason: 'no route handlers',
      findings: [],
    }),
    gap({
      id: 'GAP-F',
      title: 'Track errors',
      priority: 'P1',
      status: 'unknown',
      reason: 'the configuration is computed at run time',
      findings: [],
      manual: [step, { ...step, title: 'Look at next.config.mjs.' }],
    }),
    gap({
      id: 'GAP-G',
      title: 'Test the frontend',
      priority: 'P1',
      status: 'blocked',
      reason: 'frontend/package.json:3:1: invalid JSON',
      findings: [],
    }),
  ],
  differences: ['The runbook lists a gap that aims-fix does not know.'],
  waiverProblems: [
    { gap: 'GAP-D', kind: 'unused', message: 'the waiver of GAP-D matches no finding: remove it' },
  ],
};

export function planned(
  audited: GapAudit,
  files: Parameters<typeof unifiedDiff>[0],
  fields: Partial<PlannedGap> = {},
): PlannedGap {
  const diff = unifiedDiff(files);
  return { ...audited, files: diffFiles(diff), dependencies: [], diff, ...fields };
}

const fixed = planned(gap(), [
  {
    path: 'frontend/app/api/test/route.ts',
    before: 'export const a = 1;\nold\n',
    after: 'export const a = 1;\n',
  },
  { path: 'scripts/backup.sh', before: undefined, after: '#!/bin/sh\n\techo "```"\n', mode: 0o755 },
]);
const withPackage = planned(
  gap({ id: 'GAP-B', title: 'Track errors', priority: 'P1' }),
  [{ path: 'frontend/package.json', before: '{}\n', after: '{ }\n' }],
  {
    manual: [step],
    dependencies: [
      { dir: 'frontend', name: '@sentry/nextjs', range: '^10.0.0', dev: false, why: 'reports errors' },
      { dir: '', name: 'vitest', range: '^4.0.0', dev: true, why: 'runs tests' },
    ],
    alsoChanges: ['Wraps the configuration of the build, `next.config.mjs`.'],
  },
);
const nothing = planned(gap({ id: 'GAP-C', title: 'Add limits', status: 'closed', findings: [] }), []);

export const plan: PlanDocument = {
  ...head,
  command: 'plan',
  all: false,
  gaps: [fixed, withPackage, nothing],
};

export const apply: ApplyDocument = {
  ...head,
  command: 'apply',
  all: false,
  dryRun: false,
  run: '20260301-120000-ab12',
  gaps: [
    { ...fixed, after: 'closed' },
    { ...withPackage, after: 'closed' },
    { ...nothing, after: 'closed' },
  ],
};

function verified(fields: Partial<GapVerification>): GapVerification {
  return { ...gap({ status: 'closed', findings: [] }), checks: [], ...fields };
}

export const verify: VerifyDocument = {
  ...head,
  command: 'verify',
  all: true,
  level: 'build',
  apps: [
    {
      app: 'frontend',
      checks: [
        {
          title: 'frontend builds',
          level: 'build',
          result: { verdict: 'pass', evidence: [{ subject: 'npm run build', observed: 'exit code 0' }] },
          milliseconds: 51_200,
        },
      ],
    },
  ],
  evidence: '.aims-fix/evidence/20260101T000000Z',
  gaps: [
    verified({
      checks: [
        {
          title: 'No route answers in production',
          level: 'static',
          result: {
            verdict: 'pass',
            evidence: [{ subject: 'frontend/app/api/test', observed: 'no such folder' }],
          },
          milliseconds: 2,
        },
        {
          title: 'The application builds',
          level: 'build',
          result: { verdict: 'pass', evidence: [] },
          milliseconds: 51_234,
        },
      ],
    }),
    verified({
      id: 'GAP-B',
      title: 'Add error boundaries',
      checks: [
        {
          title: 'The page shows the boundary',
          level: 'build',
          result: { verdict: 'skip', reason: 'no Chromium on this machine', remedy: 'apt install chromium' },
          milliseconds: 0,
        },
        {
          title: 'Every boundary is a client component',
          level: 'static',
          result: {
            verdict: 'fail',
            reason: "error.tsx lacks 'use client'",
            evidence: [{ subject: 'frontend/app/error.tsx:1', observed: "import Link from 'next/link'" }],
          },
          milliseconds: 1,
        },
      ],
    }),
    verified({
      id: 'GAP-C',
      title: 'Add limits',
      manual: [step],
      checks: [
        {
          title: 'Compose accepts the file',
          level: 'static',
          result: { verdict: 'skip', reason: 'no docker' },
          milliseconds: 0,
        },
      ],
    }),
    verified({ ...gap({ id: 'GAP-D', title: 'Back up the database' }) }),
    verified({ id: 'GAP-E', title: 'Document the API', status: 'not-applicable', reason: 'no routes' }),
  ],
  waiverProblems: [
    {
      gap: 'GAP-D',
      fingerprint: '0123456789abcdef',
      kind: 'expired',
      message: 'the waiver of GAP-D by ops expired on 2026-01-01: close the gap or renew it',
    },
  ],
};

export const list: ListDocument = {
  schemaVersion: 1,
  tool: head.tool,
  command: 'list',
  gaps: audit.gaps.slice(0, 2).map(({ id, title, priority, category, effort, fix, requires }) => ({
    id,
    title,
    priority,
    category,
    effort,
    fix,
    requires,
  })),
};

export const explain: ExplainDocument = {
  schemaVersion: 1,
  tool: head.tool,
  command: 'explain',
  gap: {
    id: 'GAP-A',
    title: 'Remove debug endpoints',
    priority: 'P0',
    category: 'Security',
    effort: '5 min',
    fix: 'automatic',
    requires: ['GAP-B'],
    slug: 'debug-endpoints',
    problem: 'Debug endpoints answer in production.',
    looksFor: 'Route handlers below app/api/test that answer in production.',
    writes: ['**/app/api/test/**'],
    codes: [
      { code: 'no-guard', message: '{{method}} answers in production.', note: false },
      { code: 'sibling', message: '{{path}} too.', note: true },
    ],
    options: [
      { name: 'strategy', description: 'What to do.', default: '"delete"', choices: ['delete', 'gate'] },
      { name: 'strict', default: 'false' },
    ],
    references: ['https://nextjs.org/docs'],
  },
};

export const undo: UndoDocument = {
  ...head,
  command: 'undo',
  run: '20260301-120000-ab12',
  restored: ['a.ts', 'b.ts'],
  conflicts: [{ path: 'c.ts', reason: 'was changed since' }],
};

export const history: HistoryDocument = {
  ...head,
  command: 'history',
  runs: [
    {
      id: '20260301-120000-ab12',
      startedAt: '2026-03-01T12:00:00.000Z',
      state: 'applied',
      gaps: ['GAP-A', 'GAP-B'],
      files: ['a.ts', 'b.ts'],
    },
    {
      id: '20260228-120000-cd34',
      startedAt: '2026-02-28T12:00:00Z',
      state: 'undone',
      gaps: [],
      files: ['a.ts'],
    },
  ],
};

export const recover: RecoverDocument = {
  ...head,
  command: 'recover',
  outcome: 'rolled-back',
  run: '20260301-120000-ab12',
  files: ['a.ts'],
  conflicts: [{ path: 'c.ts', reason: 'holds neither the old nor the new text' }],
};

export const doctor: DoctorDocument = {
  schemaVersion: 1,
  tool: head.tool,
  command: 'doctor',
  requirements: [
    { name: 'git', found: true, version: '2.39.5', needed: 'the guard against uncommitted changes' },
    { name: 'chromium', found: false, needed: 'live checks of pages', remedy: 'apt install chromium' },
  ],
};

export const failure: ErrorDocument = {
  ...head,
  command: 'error',
  error: {
    name: 'RefusedError',
    message: 'uncommitted changes in a.ts',
    hint: 'Commit or stash them.',
    exitCode: 4,
  },
};

export const documents: readonly ReportDocument[] = [
  audit,
  list,
  explain,
  plan,
  apply,
  verify,
  undo,
  history,
  recover,
  doctor,
  failure,
];
