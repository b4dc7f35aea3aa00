import { type Detection, defineGap, type Finding, notApplicable, type Repo } from '../../src/contract.ts';
import { besides } from '../../src/edit/also-changes.ts';
import { type FormName, findInertForms } from '../../src/read/product/inert-forms.ts';
import { findSignIn, type SignIn } from '../../src/read/sign-in/sign-in.ts';
import { dirname, isInside, join } from '../../src/repo/paths.ts';
import { checksOf } from './checks.ts';
import { hasPasswordLogin, isCheckedElsewhere, type Recovery, recoveryOf } from './recovery.ts';
import { isPart, recoveryFix } from './recovery-fix.ts';

export type Code =
  | 'no-forgot-page'
  | 'inert-form'
  | 'no-request-handler'
  | 'no-reset-handler'
  | 'no-reset-page'
  | 'no-mail'
  | 'no-expiry'
  | 'raw-token'
  | 'reusable-token';

const FORMS: readonly FormName[] = [
  [/forgot|recover/i, 'forgotten-password'],
  [/^(reset|new|set)-?password$|^reset$/i, 'new-password'],
];

export default defineGap({
  meta: {
    id: 'GAP-008',
    slug: 'password-recovery',
    title: 'Implement password recovery flow',
    problem: 'Whoever forgets the password is locked out, because nothing behind the form lets them back in.',
    looksFor:
      'An app with passwords that lacks a page to ask for a reset, a handler that mails a token, or one that takes it; and tokens that are kept as they are, never expire or can be used twice.',
    category: 'Authentication',
    priority: 'P1',
    effort: '2 hr',
    fix: 'automatic',
    requires: ['GAP-004'],
    writes: [
      '**/lib/**/*.ts',
      '**/app/**/{route,page}.{ts,tsx}',
      '**/components/auth/*.tsx',
      '**/__tests__/api/reset-password.test.ts',
      '**/*env*.{example,sample,template}',
    ],
    messages: {
      'no-forgot-page': 'People sign in with a password, and no page lets them ask for a new one.',
      'inert-form': 'The {{form}} form starts here and is sent to nobody.',
      'no-request-handler': 'Nothing on the server makes a reset token and mails it.',
      'no-reset-handler': 'Nothing on the server takes a reset token and sets the new password.',
      'no-reset-page': 'No page takes the token of the mailed link and asks for the new password.',
      'no-mail': 'This makes a reset token, and no mail leaves with it.',
      'no-expiry': 'The reset token made here never expires.',
      'raw-token': 'The reset token made here is kept as it is; whoever reads the database can use it.',
      'reusable-token': 'The password is set here, and the token still works afterwards.',
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-008',
      'https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html',
      'https://www.rfc-editor.org/rfc/rfc6749#section-10.10',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }): Detection<Code> {
    const signIns = signInsOf(repo);
    if (signIns.length === 0) return notApplicable('no Next.js app in which people sign in with a password');
    const recoveries = signIns.map((signIn) => ({ signIn, recovery: recoveryOf(repo, signIn) }));
    const findings = recoveries.flatMap(({ signIn, recovery }) => findingsOf(repo, signIn, recovery));
    const reasons = recoveries.flatMap(({ recovery }) => recovery.by ?? []);
    return { findings, ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}) };
  },

  unitOf: ({ code, path }) => (isPart(code) ? 'recovery' : `${code} ${path}`),

  apply({ repo }, findings) {
    const fixes = signInsOf(repo).flatMap((signIn) => {
      const { dir } = signIn.base.app;
      const own = findings.filter(({ path }) => dir === '' || isInside(dir, path));
      return own.length > 0 ? [recoveryFix(repo, signIn, own)] : [];
    });
    const edits = fixes.flatMap((fix) => fix.edits);
    return {
      edits,
      ...besides(edits, [
        [/(^|\/)migrations\.ts$/, "Adds a table to the users' database, at the next start."],
      ]),
      manual: fixes.flatMap(({ manual = [] }) => manual),
    };
  },

  verify: ({ repo }) => checksOf(repo),
});

function signInsOf(repo: Repo): readonly SignIn[] {
  return repo.layout.apps
    .flatMap((app) => findSignIn(repo, app) ?? [])
    .filter((signIn) => hasPasswordLogin(repo, signIn));
}

function findingsOf(repo: Repo, signIn: SignIn, recovery: Recovery): readonly Finding<Code>[] {
  const { app } = signIn.base;
  const inert = findInertForms(repo, app, FORMS).map(({ path, at, form }) => ({
    code: 'inert-form' as const,
    path,
    at,
    data: { form },
  }));
  if (recovery.by !== undefined) return inert;
  const lacks = missing(signIn, recovery).filter(
    ({ code }) => /page$/.test(code) || !isCheckedElsewhere(repo, signIn),
  );
  return [...inert, ...lacks, ...unsafe(recovery)];
}

function missing({ base, pages }: SignIn, recovery: Recovery): readonly Finding<Code>[] {
  const { appDir, pagesDir, typescript } = base.app;
  const [view, handler] = typescript ? ['tsx', 'ts'] : ['jsx', 'js'];
  const api = (name: string) =>
    appDir === undefined
      ? join(pagesDir ?? '', `api/auth/${name}.${handler}`)
      : join(appDir, `api/auth/${name}/route.${handler}`);
  const beside = dirname(dirname(recovery.askPage ?? pages[0] ?? ''));
  const page = (name: string) =>
    appDir === undefined
      ? join(pagesDir ?? '', `${name}.${view}`)
      : join(beside || appDir, `${name}/page.${view}`);
  const findings: Finding<Code>[] = [];
  if (!recovery.askPage) findings.push({ code: 'no-forgot-page', path: page('forgot-password') });
  if (!recovery.request) findings.push({ code: 'no-request-handler', path: api('forgot-password') });
  if (!recovery.reset) findings.push({ code: 'no-reset-handler', path: api('reset-password') });
  if (!recovery.resetPage) findings.push({ code: 'no-reset-page', path: page('reset-password') });
  return findings;
}

function unsafe({ request, reset, mails, expires, digests, singleUse }: Recovery): readonly Finding<Code>[] {
  const findings: Finding<Code>[] = [];
  if (request && !mails) findings.push({ code: 'no-mail', ...request });
  if (request && !expires) findings.push({ code: 'no-expiry', ...request });
  if (request && !digests) findings.push({ code: 'raw-token', ...request });
  if (reset && !singleUse) findings.push({ code: 'reusable-token', ...reset });
  return findings;
}
