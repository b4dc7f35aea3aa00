import type { Edit, Finding, Fix, NextApp, Repo } from '../../src/contract.ts';
import { type Besides, besides } from '../../src/edit/also-changes.ts';
import { beside } from '../../src/edit/beside.ts';
import { addVariable, hasVariable } from '../../src/edit/dotenv.ts';
import { createFromTemplate, placeOf } from '../../src/edit/from-template.ts';
import { migrationEdit } from '../../src/edit/migration.ts';
import { splice } from '../../src/edit/spans.ts';
import { dependencyOf } from '../../src/read/code/code-base.ts';
import { runsTestFolder } from '../../src/read/code/vitest-folder.ts';
import { envExamplesOf } from '../../src/read/deploy/env-examples.ts';
import type { SignIn } from '../../src/read/sign-in/sign-in.ts';
import { dirname, isInside, join } from '../../src/repo/paths.ts';
import { template } from '../../src/repo/templates.ts';
import { forgotPageEdit } from './apply/forgot-page.ts';
import { hashedTokenEdits } from './apply/hashed-token.ts';
import type { Code } from './detect.ts';
import type { AppRecovery, RecoveryState } from './read.ts';
import { cloudRunSteps, hardeningSteps, MAIL_STEP, stepsFor } from './steps.ts';

type Create = Edit & { readonly kind: 'create' };

const GAP = 'gap-008-password-recovery';
const MIGRATIONS = 'lib/db/migrations.ts';
const CREATED = [
  'lib/db/password-resets.ts',
  'lib/password-mail.ts',
  'app/api/auth/forgot-password/route.ts',
  'app/api/auth/reset-password/route.ts',
  'components/auth/ForgotPasswordForm.tsx',
  'components/auth/ResetPasswordForm.tsx',
];
const PAGE = 'app/(auth)/reset-password/page.tsx';
const TEST = '__tests__/api/reset-password.test.ts';

const MIGRATION: Besides = [
  /(^|\/)migrations\.ts$/,
  "Adds a table to the users' database, at the next start.",
];
const TOKENS: Besides = [
  /^(?!.*(?:^|\/)migrations\.ts$).*\.ts$/,
  'Keeps the SHA-256 of each token in {{path}}, or asks for it: links that were mailed before open nothing any more.',
];

/** Closes what is wanted, app by app. */
export function applyRecovery({ repo, apps }: RecoveryState, wanted: readonly Finding<Code>[]): Fix {
  const fixes = apps.flatMap((recovery) => {
    const { dir } = recovery.signIn.base.app;
    const served = [
      ...recovery.served,
      ...recovery.servedAgain,
      ...(recovery.backend ? [recovery.backend] : []),
    ];
    const isServed = (path: string) => served.some((each) => each.path === path);
    const own = wanted.filter(({ path }) => dir === '' || isInside(dir, path) || isServed(path));
    return own.length > 0 ? [recoveryFix(repo, recovery, own)] : [];
  });
  const edits = fixes.flatMap((fix) => fix.edits);
  return {
    edits,
    ...besides(edits, [MIGRATION, TOKENS]),
    manual: fixes.flatMap(({ manual = [] }) => manual),
  };
}

/** Whether a whole recovery is to be made, of which the parts of the users' gap are the ground. */
export function needsUsers({ repo, apps }: RecoveryState): boolean {
  return apps.some(
    (recovery) => isBare(recovery) && isKnownShape(recovery) && !keepsUsers(repo, recovery.signIn.base.app),
  );
}

function isBare({ by, backend, server, request, reset, pages }: AppRecovery): boolean {
  return by === undefined && !backend && !server && !request && !reset && pages.reset === undefined;
}

/** NextAuth 4 in an App Router written in TypeScript: what the templates of both gaps are for. */
function isKnownShape({ signIn: { base, configs, hosted } }: AppRecovery): boolean {
  const range = dependencyOf(base, /^next-auth$/)?.range ?? '';
  return (
    !hosted &&
    configs[0] !== undefined &&
    base.app.typescript &&
    base.app.appDir !== undefined &&
    /^[\^~]?4(?:\.|$)/.test(range)
  );
}

/** What one app gets: everything, or exact steps where it is not of the shape that the users' gap leaves. */
function recoveryFix(repo: Repo, recovery: AppRecovery, findings: readonly Finding<Code>[]): Fix {
  const { signIn, inertForms } = recovery;
  const { app } = signIn.base;
  const authPath = signIn.configs[0]?.path;
  const askPage = inertForms.find(
    ({ path, form }) =>
      form === 'forgotten-password' &&
      findings.some((finding) => finding.code === 'inert-form' && finding.path === path),
  );
  const isWhole = BARE.every((code) => findings.some((finding) => finding.code === code));
  const refused = partlyFixed(repo, recovery, findings);
  if (authPath === undefined || recovery.backend || !askPage || !isWhole || !keepsUsers(repo, app))
    return refused;
  const created = createdFiles(repo, signIn, authPath, askPage.path);
  const migration = migrationEdit(repo, placeOf(app, MIGRATIONS), {
    name: 'password resets',
    source: `${GAP}/parts/password-resets.sql`,
  });
  const page = forgotPageEdit(repo, app, askPage.path);
  if (!migration || 'refused' in page || created.some(({ path }) => repo.occupied(path))) return refused;
  const others = findings.filter(({ code }) => !isPart(code));
  return {
    edits: [...created, migration, splice(repo, askPage.path, page.spans), ...exampleEdits(repo, app)],
    manual: [MAIL_STEP, ...cloudRunSteps(repo), ...stepsFor(others)],
  };
}

/** A recovery of one's own keeps what it has; what can be made safe is, and the rest are steps. */
function partlyFixed(repo: Repo, recovery: AppRecovery, findings: readonly Finding<Code>[]): Fix {
  const { request, reset, others, served } = recovery;
  // Where two places make tokens, both would have to be hashed with what looks them up.
  const isRaw = others.length + served.length === 0 && findings.some(({ code }) => code === 'raw-token');
  const edits = isRaw && request && reset ? hashedTokenEdits(repo, request, reset) : undefined;
  const left = edits ? findings.filter(({ code }) => code !== 'raw-token') : findings;
  return { edits: edits ?? [], manual: [...stepsFor(left), ...hardeningSteps(recovery)] };
}

const BARE: readonly Code[] = ['no-request-handler', 'no-reset-handler', 'no-reset-page'];

/** What can only be closed together: the pages and the handlers that they call. */
export function isPart(code: Code): boolean {
  return /^(inert-form|no-(forgot-page|request-handler|reset-handler|reset-page))$/.test(code);
}

function createdFiles(repo: Repo, signIn: SignIn, authPath: string, askPage: string): readonly Create[] {
  const { app } = signIn.base;
  const page = createFromTemplate(repo, app, GAP, PAGE, authPath);
  // Beside the page that asks for the mail, whatever group that is in.
  const path = join(dirname(dirname(askPage)), 'reset-password/page.tsx');
  return [
    ...CREATED.map((file) => createFromTemplate(repo, app, GAP, file, authPath)),
    beside(repo, askPage, page, path),
    ...(hasTests(repo, signIn) ? [createFromTemplate(repo, app, GAP, TEST, authPath)] : []),
  ];
}

/** Whether the files stand there that the new ones import: what closing the users' gap leaves. */
function keepsUsers(repo: Repo, app: NextApp): boolean {
  const own = [...CREATED, PAGE].map((file) => file.replace(/\.tsx?$/, ''));
  const imported = [...CREATED, PAGE]
    .flatMap((file) => [...template(`${GAP}/frontend/${file}`).matchAll(/from '@\/([\w/-]+)'/g)])
    .flatMap(([, name]) => (name === undefined || own.includes(name) ? [] : [name]));
  return [...new Set(imported)].every((name) =>
    ['.ts', '.tsx'].some((extension) => repo.exists(placeOf(app, name + extension))),
  );
}

/** Whether the test has a place to go to, in which it is run. */
function hasTests(repo: Repo, { base }: SignIn): boolean {
  return runsTestFolder(repo, base) && !repo.occupied(placeOf(base.app, TEST));
}

const VARIABLES = [
  { name: 'RESEND_API_KEY', value: '', comment: 'Sends mail (https://resend.com/api-keys)' },
  { name: 'EMAIL_FROM', value: '', comment: 'Sender of that mail, in a domain that Resend has verified' },
  { name: 'SUPPORT_EMAIL', value: '', comment: 'Where mail tells people to write with questions (optional)' },
];

function exampleEdits(repo: Repo, app: NextApp): readonly Edit[] {
  return envExamplesOf(repo, app)
    .map(({ path }) => path)
    .filter((path) => hasVariable(repo.peek(path) ?? '', 'NEXTAUTH_SECRET'))
    .flatMap((path) => {
      const text = repo.text(path);
      const spans = VARIABLES.flatMap((variable) => {
        const outcome = addVariable(text, variable);
        return 'spans' in outcome ? outcome.spans : [];
      });
      return spans.length === 0 ? [] : [splice(repo, path, spans)];
    });
}
