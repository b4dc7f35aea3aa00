import type { NextApp, Repo } from '../../src/contract.ts';
import { placeOf } from '../../src/edit/from-template.ts';
import { template } from '../../src/repo/templates.ts';
import { countTests, ENOUGH } from './tests.ts';

/** The folder of this gap's templates. */
export const GAP = 'gap-005-frontend-tests';

/** A test file of the templates, with what must stand in the app for it to hold there. */
export interface Starter {
  /** Below `__tests__`. */
  readonly file: string;
  /** The first one is what it tests. */
  readonly needs: readonly (readonly [path: string, text: RegExp])[];
  /** Code that decides who comes in and what leaves: without a test it stays a finding. */
  readonly isCritical?: boolean;
  /** Files below `__tests__` that it imports. */
  readonly helpers?: readonly string[];
}

/** What the runbook names, and the way in, through which everybody comes. */
const STARTERS: readonly Starter[] = [
  {
    file: 'api/health.test.ts',
    needs: [['app/api/health/route.ts', /\bUEF_GATEWAY_URL\b[\s\S]*\bservices\b/]],
  },
  {
    file: 'api/luc.test.ts',
    needs: [
      ['app/api/luc/route.ts', /case ['"]quote['"][\s\S]*case ['"]debit['"]/],
      ['lib/luc/server-storage.ts', /process\.env\.LUC_DATA_DIR\b/],
    ],
  },
  {
    file: 'api/register.test.ts',
    needs: [
      ['app/api/auth/register/route.ts', /\bOWNER_SETUP_TOKEN\b/],
      ['lib/db/index.ts', /\bUSERS_DB_PATH\b/],
      ['lib/db/users.ts', /export function verifyPassword\(/],
    ],
    isCritical: true,
  },
  {
    file: 'components/sign-in.test.tsx',
    needs: [
      ['app/(auth)/sign-in/page.tsx', /<SignInForm\b/],
      ['components/auth/SignInForm.tsx', /signIn\(['"]credentials['"]/],
    ],
  },
  {
    file: 'components/acheevy-chat.test.tsx',
    needs: [
      ['app/dashboard/chat/page.tsx', /<ChatInterface\b/],
      ['components/chat/ChatInterface.tsx', /\buseStreamingChat\(/],
      ['components/chat/ChatInterface.tsx', /\.key [!=]== ['"]Enter['"]/],
      ['components/chat/ChatInterface.tsx', /\bdisabled=\{[^}]*!\w+\.trim\(\)/],
      ['hooks/useStreamingChat.ts', /['"]\/api\/chat['"]/],
      ['hooks/useStreamingChat.ts', /\[DONE\]/],
    ],
  },
];

/** The tests that hold in this app, made of the parts that they try. */
export function startersFor(repo: Repo, app: NextApp): readonly Starter[] {
  return STARTERS.filter(({ needs }) => needs.every(([path, text]) => holds(repo, placeOf(app, path), text)));
}

/** The file of the app that a starter tests. */
export function subjectOf(app: NextApp, { needs: [first] }: Starter): string {
  return placeOf(app, first?.[0] ?? '');
}

/** Whether these are what the gap asks for: enough of them, and one that renders a component. */
export function isEnough(starters: readonly Starter[]): boolean {
  const count = starters.reduce((sum, { file }) => sum + countTests(template(templateOf(file))), 0);
  return count >= ENOUGH && starters.some(({ file }) => file.endsWith('.tsx'));
}

function templateOf(file: string): string {
  return `${GAP}/frontend/__tests__/${file}`;
}

function holds(repo: Repo, path: string, text: RegExp): boolean {
  return repo.exists(path) && text.test(repo.peek(path) ?? '');
}
