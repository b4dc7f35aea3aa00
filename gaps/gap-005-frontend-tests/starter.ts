import type { Dependency, Edit, Fix, NextApp, Repo } from '../../src/contract.ts';
import { createFromTemplate, placeOf } from '../../src/edit/from-template.ts';
import { addScript } from '../../src/edit/json.ts';
import { splice } from '../../src/edit/spans.ts';
import { appendLines } from '../../src/edit/text.ts';
import { dependencyOf } from '../../src/read/code-base.ts';
import { ignoreRuleFor } from '../../src/read/gitignore.ts';
import { join } from '../../src/repo/paths.ts';
import { ciFix } from './ci.ts';
import type { AppTests } from './tests.ts';

const GAP = 'gap-005-frontend-tests';
const CONFIG = 'vitest.config.mts';
const SETUP = 'vitest.setup.ts';

/** A test file of the templates, with what must stand in the app for it to hold there. */
interface Starter {
  readonly file: string;
  readonly needs: readonly (readonly [path: string, text: RegExp])[];
}

/** The four that the runbook names, and sign-up, through which everybody comes. */
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
      ['hooks/useStreamingChat.ts', /['"]\/api\/chat['"]/],
      ['hooks/useStreamingChat.ts', /\[DONE\]/],
    ],
  },
];

const PACKAGES: readonly (readonly [name: string, range: string, why: string])[] = [
  ['vitest', '^4.1.12', 'runs the tests'],
  ['@vitest/coverage-v8', '^4.1.12', 'measures what they cover'],
  ['@vitejs/plugin-react', '^6.3.0', 'translates the JSX that tsconfig.json keeps for Next.js'],
  ['jsdom', '^29.1.1', 'a document to render components into'],
  ['@testing-library/react', '^16.3.3', 'renders components as a person sees them'],
  ['@testing-library/dom', '^10.4.2', 'what @testing-library/react stands on'],
  ['@testing-library/jest-dom', '^6.9.1', 'expectations about elements'],
  ['@testing-library/user-event', '^14.6.1', 'types and clicks as a person does'],
];

/**
 * Vitest and first tests for an app that has none. Undefined where that would not be the app's own: another runner
 * or other tests stand there, it is JavaScript, or it is not made of the parts that these tests try.
 */
export function starterFix(repo: Repo, { app, base, files, script, hasRunner }: AppTests): Fix | undefined {
  if (!app.typescript || app.appDir === undefined || files.length > 0 || script || hasRunner)
    return undefined;
  if (STARTERS.some(({ needs }) => !needs.every(([path, text]) => holds(repo, placeOf(app, path), text))))
    return undefined;
  const tests = STARTERS.map(({ file }) => join('__tests__', file));
  const created = [
    { ...createFromTemplate(repo, app, GAP, CONFIG, ''), path: join(app.dir, CONFIG) },
    { ...createFromTemplate(repo, app, GAP, SETUP, ''), path: join(app.dir, SETUP) },
    ...tests.map((file) => createFromTemplate(repo, app, GAP, file, '')),
  ];
  const scripts = scriptEdit(repo, app);
  if (app.sourceDir !== app.dir || !scripts || created.some(({ path }) => repo.occupied(path)))
    return undefined;
  const ci = ciFix(repo, app);
  return {
    edits: [...created, scripts, ...ignoreEdits(repo, app), ...ci.edits],
    dependencies: PACKAGES.flatMap(([name, range, why]): Dependency[] =>
      dependencyOf(base, new RegExp(`^${name}$`)) ? [] : [{ dir: app.dir, name, range, dev: true, why }],
    ),
    manual: ci.manual ?? [],
  };
}

function holds(repo: Repo, path: string, text: RegExp): boolean {
  return repo.exists(path) && text.test(repo.peek(path) ?? '');
}

function scriptEdit(repo: Repo, app: NextApp): Edit | undefined {
  const { path } = app.workspace;
  const spans = [['test', 'vitest run'] as const, ['test:coverage', 'vitest run --coverage'] as const].map(
    ([name, command]) => addScript(path, repo.text(path), name, command),
  );
  if (spans.some((outcome) => 'refused' in outcome)) return undefined;
  return splice(
    repo,
    path,
    spans.flatMap((outcome) => ('spans' in outcome ? outcome.spans : [])),
  );
}

/** Reports of coverage stay out of git, tests out of the image. */
function ignoreEdits(repo: Repo, app: NextApp): readonly Edit[] {
  const git = [join(app.dir, '.gitignore'), '.gitignore'].find((path) => repo.exists(path));
  const isKept = ignoreRuleFor(repo, join(app.dir, 'coverage/index.html')) === undefined;
  const image = join(app.dir, '.dockerignore');
  const isCopied = repo.exists(image) && !/^\/?(\*\*\/)?__tests__\/?$/m.test(repo.text(image));
  return [
    ...(git !== undefined && isKept ? append(repo, git, 'coverage/') : []),
    ...(isCopied ? append(repo, image, '__tests__') : []),
  ];
}

function append(repo: Repo, path: string, line: string): readonly Edit[] {
  const outcome = appendLines(repo.text(path), [line]);
  return 'spans' in outcome && outcome.spans.length > 0 ? [splice(repo, path, outcome.spans)] : [];
}
