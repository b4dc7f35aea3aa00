import type { NextApp, Repo } from '../../../src/contract.ts';
import { placeOf } from '../../../src/edit/from-template.ts';
import { template } from '../../../src/repo/templates.ts';
import { ENOUGH } from '../tables.ts';
import { countTests } from './test-files.ts';

/** The folder of this gap's templates. */
export const GAP = 'gap-005-frontend-tests';

/** A test file of the templates that holds in an app. */
export interface Starter extends StarterTest {
  /** The file of the app that it tests. */
  readonly subject: string;
  /** The subject decides who comes in or what leaves, so that it needs a test whoever writes it. */
  readonly isCritical: boolean;
}

/** A test file of the templates, with what must stand in the app for it to hold there. */
interface StarterTest {
  /** Below `__tests__`. */
  readonly file: string;
  /** The first one is what it tests. */
  readonly needs: readonly (readonly [path: string, text: RegExp])[];
  /** The gap that brings it, where that may have been closed before there were tests. */
  readonly gap?: string;
  /** Files below `__tests__` that it imports. */
  readonly helpers?: readonly string[];
}

const ACCOUNTS: StarterTest['needs'] = [
  ['lib/db/index.ts', /\bUSERS_DB_PATH\b/],
  ['lib/db/users.ts', /\bisEmailVerified\b/],
  ['lib/db/password-hash.ts', /\bscrypt\(/],
];
const MAIL: StarterTest['needs'] = [['lib/mail.ts', /\bRESEND_API_KEY\b[\s\S]{0,9999}\bnew Resend\(/]];
const ACCOUNT_HELPERS = ['helpers/fast-crypto.ts', 'helpers/users-database.ts'];

/** The way in, through which everybody comes, and what leaves with a report. */
const CRITICAL: readonly StarterTest[] = [
  {
    file: 'lib/auth-users.test.ts',
    needs: [
      ['lib/auth-users.ts', /['"]TooManyAttempts['"]/],
      ['lib/auth-session.ts', /\bunconfirmedEmail\b/],
      ['lib/auth.ts', /\bsessionOfToken\(/],
      ...ACCOUNTS,
    ],
    helpers: [...ACCOUNT_HELPERS, 'helpers/sessions.ts'],
  },
  {
    file: 'api/register.test.ts',
    needs: [
      ['app/api/auth/register/route.ts', /\bsetupToken\b[\s\S]{0,9999}\bisSignUpOpen\(/],
      ...ACCOUNTS,
      ...MAIL,
    ],
    helpers: [...ACCOUNT_HELPERS, 'helpers/mailbox.ts'],
  },
  {
    file: 'api/confirm-email.test.ts',
    needs: [
      ['app/api/auth/confirm-email/route.ts', /\bunconfirmedEmail\b/],
      ['app/api/auth/confirm-email/send/route.ts', /\bsendConfirmation\(/],
      ...ACCOUNTS,
      ...MAIL,
    ],
    helpers: [...ACCOUNT_HELPERS, 'helpers/mailbox.ts'],
  },
  {
    file: 'api/profile.test.ts',
    needs: [['app/api/profile/route.ts', /\brefusal\(session\)/], ...ACCOUNTS],
    helpers: ACCOUNT_HELPERS,
  },
  {
    file: 'api/reset-password.test.ts',
    needs: [
      ['app/api/auth/reset-password/route.ts', /\bresetPassword\(/],
      ['app/api/auth/forgot-password/route.ts', /\bexport function POST\(/],
      ['lib/db/password-resets.ts', /\bpassword_resets\b/],
      ...ACCOUNTS,
      ...MAIL,
    ],
    gap: 'gap-008-password-recovery',
  },
  {
    file: 'lib/error-tracking.test.ts',
    needs: [['lib/error-tracking/options.ts', /export function trackingOptions\(/]],
  },
];

/** What the runbook names beside. */
const OTHERS: readonly StarterTest[] = [
  {
    file: 'api/health.test.ts',
    needs: [['app/api/health/route.ts', /\bUEF_GATEWAY_URL\b[\s\S]{0,9999}\bservices\b/]],
  },
  {
    file: 'api/luc.test.ts',
    needs: [
      ['app/api/luc/route.ts', /case ['"]quote['"][\s\S]{0,9999}case ['"]debit['"]/],
      ['lib/luc/server-storage.ts', /process\.env\.LUC_DATA_DIR\b/],
    ],
  },
  {
    file: 'components/sign-in.test.tsx',
    needs: [
      ['app/(auth)/sign-in/page.tsx', /<SignInForm\b/],
      ['components/auth/SignInForm.tsx', /signIn\(['"]credentials['"][\s\S]{0,9999}\bunconfirmedEmail\b/],
      ['lib/google-sign-in.ts', /\bgetProviders\(/],
    ],
  },
  {
    file: 'components/acheevy-chat.test.tsx',
    needs: [
      ['app/dashboard/chat/page.tsx', /<ChatInterface\b/],
      ['components/chat/ChatInterface.tsx', /\buseStreamingChat\(/],
      ['components/chat/ChatInterface.tsx', /\.key [!=]== ['"]Enter['"]/],
      ['components/chat/ChatInterface.tsx', /\bdisabled=\{[^}]{0,200}!\w+\.trim\(\)/],
      ['hooks/useStreamingChat.ts', /['"]\/api\/chat['"]/],
      ['hooks/useStreamingChat.ts', /\[DONE\]/],
    ],
  },
];

/**
 * The tests that hold in this app, made of the parts that they try. What a later gap creates is that gap's to test, and
 * not critical here: it would open this one again.
 */
export function startersFor(repo: Repo, app: NextApp): readonly Starter[] {
  return [...CRITICAL, ...OTHERS]
    .filter(({ needs }) => needs.every(([path, text]) => holds(repo, placeOf(app, path), text)))
    .map((test) => ({
      ...test,
      subject: placeOf(app, test.needs[0]?.[0] ?? ''),
      isCritical: test.gap === undefined && CRITICAL.includes(test),
    }));
}

/** Whether these are what the gap asks for: enough of them, and one that renders a component. */
export function isEnough(starters: readonly Starter[]): boolean {
  const count = starters.reduce((sum, starter) => sum + countTests(template(templateOf(starter))), 0);
  return count >= ENOUGH && starters.some(({ file }) => file.endsWith('.tsx'));
}

function templateOf({ file, gap = GAP }: Starter): string {
  return `${gap}/frontend/__tests__/${file}`;
}

function holds(repo: Repo, path: string, text: RegExp): boolean {
  return repo.exists(path) && text.test(repo.peek(path) ?? '');
}
