import type { Dependency, Edit, Finding, Fix, ManualStep, NextApp, Repo } from '../../src/contract.ts';
import { addVariable, hasVariable } from '../../src/edit/dotenv.ts';
import { createFromTemplate, placeOf } from '../../src/edit/from-template.ts';
import { splice } from '../../src/edit/spans.ts';
import { dependencyOf } from '../../src/read/code-base.ts';
import { envExamplesOf } from '../../src/read/env-examples.ts';
import type { SignIn } from '../../src/read/sign-in.ts';
import { basename, dirname, join } from '../../src/repo/paths.ts';
import { forgotPageEdit } from './forgot-page.ts';
import { migrationEdit } from './migration.ts';
import { stepsFor } from './steps.ts';

const GAP = 'gap-008-password-recovery';
const MIGRATIONS = 'lib/db/migrations.ts';
const SERVER = [
  'lib/db/password-resets.ts',
  'lib/password-mail.ts',
  'app/api/auth/forgot-password/route.ts',
  'app/api/auth/reset-password/route.ts',
];
const IMPORTED = [
  MIGRATIONS,
  'lib/db/index.ts',
  'lib/db/users.ts',
  'lib/db/attempts.ts',
  'lib/client-address.ts',
  'lib/password-rule.ts',
  'components/auth/FormError.tsx',
];
const FORMS = ['components/auth/ForgotPasswordForm.tsx', 'components/auth/ResetPasswordForm.tsx'];
const PAGE = 'app/(auth)/reset-password/page.tsx';

/** What one app gets: everything, or exact steps where it is not of the shape that the users' gap leaves. */
export function recoveryFix(repo: Repo, signIn: SignIn, findings: readonly Finding[]): Fix {
  const { app } = signIn.base;
  const authPath = signIn.configs[0]?.path;
  const askPage = findings.find(
    ({ code, data }) => code === 'inert-form' && data?.form === 'forgotten-password',
  );
  const isBare = ['no-request-handler', 'no-reset-handler', 'no-reset-page'].every((code) =>
    findings.some((finding) => finding.code === code),
  );
  if (authPath === undefined || !askPage || !isBare || !keepsUsers(repo, app)) return manual(findings);
  const folder = dirname(dirname(askPage.path));
  const created = [
    ...[...SERVER, ...FORMS].map((file) => createFromTemplate(repo, app, GAP, file, authPath)),
    inFolder(createFromTemplate(repo, app, GAP, PAGE, authPath), folder),
  ];
  const migration = migrationEdit(repo, placeOf(app, MIGRATIONS));
  const page = forgotPageEdit(
    repo,
    app,
    askPage.path,
    placeOf(app, 'components/auth/ForgotPasswordForm.tsx'),
  );
  if (!migration || 'refused' in page || created.some(({ path }) => repo.occupied(path)))
    return manual(findings);
  return {
    edits: [...created, migration, splice(repo, askPage.path, page.spans), ...exampleEdits(repo, app)],
    dependencies: dependenciesOf(signIn),
    manual: [mailStep()],
  };
}

/** Whether the files stand there that the new ones import: what closing the users' gap leaves. */
function keepsUsers(repo: Repo, app: NextApp): boolean {
  return IMPORTED.every((file) => repo.exists(placeOf(app, file)));
}

function manual(findings: readonly Finding[]): Fix {
  return { edits: [], manual: stepsFor(findings) };
}

/** The page stands beside the one that asks for the mail, whatever group that is in. */
function inFolder(
  edit: Edit & { readonly kind: 'create' },
  folder: string,
): Edit & { readonly kind: 'create' } {
  return { ...edit, path: join(folder, 'reset-password', basename(edit.path)) };
}

function exampleEdits(repo: Repo, app: NextApp): readonly Edit[] {
  return envExamplesOf(repo, app)
    .map(({ path }) => path)
    .filter((path) => hasVariable(repo.peek(path) ?? '', 'NEXTAUTH_SECRET'))
    .flatMap((path) => {
      const text = repo.text(path);
      const spans = [
        { name: 'RESEND_API_KEY', value: '', comment: 'Sends mail (https://resend.com/api-keys)' },
        {
          name: 'EMAIL_FROM',
          value: '',
          comment: 'Sender of that mail, in a domain that Resend has verified',
        },
      ].flatMap((variable) => {
        const outcome = addVariable(text, variable);
        return 'spans' in outcome ? outcome.spans : [];
      });
      return spans.length === 0 ? [] : [splice(repo, path, spans)];
    });
}

function dependenciesOf({ base }: SignIn): readonly Dependency[] {
  const { dir }: NextApp = base.app;
  if (dependencyOf(base, /^resend$/)) return [];
  return [{ dir, name: 'resend', range: '^4.8.0', dev: false, why: 'mails the link to a new password' }];
}

function mailStep(): ManualStep {
  return {
    title:
      'Set RESEND_API_KEY, EMAIL_FROM (an address in a domain that Resend has verified) and NEXTAUTH_URL in the environment of the running app',
    why: 'Only the owner of the mail account and of the domain has them; without them the request is answered and no mail leaves, which the log says.',
    seenBy: 'Ask for a new password on the server: the mail arrives, and its link opens your own domain.',
  };
}
