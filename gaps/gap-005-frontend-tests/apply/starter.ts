import type { Dependency, Edit, Fix, NextApp, Repo } from '../../../src/contract.ts';
import { createFromTemplate, placeOf } from '../../../src/edit/from-template.ts';
import { addScript } from '../../../src/edit/json.ts';
import { splice } from '../../../src/edit/spans.ts';
import { appendLines } from '../../../src/edit/text.ts';
import { dependencyOf } from '../../../src/read/code/code-base.ts';
import { ignoreRuleFor } from '../../../src/read/product/gitignore.ts';
import { escaped } from '../../../src/repo/escaped.ts';
import { join } from '../../../src/repo/paths.ts';
import { GAP, isEnough, type Starter } from '../read/starters.ts';
import type { AppTests } from '../read.ts';
import { ciFix } from './ci.ts';

type Created = Edit & { readonly kind: 'create' };

const CONFIG = 'vitest.config.mts';
const SETUP = 'vitest.setup.ts';

/** What the tests count on: aliases, their place, the secret of sessions, and stubs that end with their test. */
const SET_UP = ['tsconfigPaths: true', '__tests__/**/*.test.', 'NEXTAUTH_SECRET', 'unstubEnvs: true'];

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
export function starterFix(repo: Repo, tests: AppTests): Fix | undefined {
  const { app, base, files, script, hasRunner, starters } = tests;
  if (!app.typescript || app.appDir === undefined || files.length > 0 || script || hasRunner)
    return undefined;
  const created = [
    configFor(createSetUp(repo, app, CONFIG), starters),
    createSetUp(repo, app, SETUP),
    ...starterFiles(repo, app, starters),
  ];
  const scripts = scriptEdit(repo, app);
  const isTaken = created.some(({ path }) => repo.occupied(path));
  if (app.sourceDir !== app.dir || !isEnough(starters) || !scripts || isTaken) return undefined;
  const ci = ciFix(repo, app);
  return {
    edits: [...created, scripts, ...ignoreEdits(repo, app), ...ci.edits],
    dependencies: PACKAGES.flatMap(([name, range, why]): Dependency[] =>
      dependencyOf(base, new RegExp(`^${escaped(name)}$`))
        ? []
        : [{ dir: app.dir, name, range, dev: true, why }],
    ),
    manual: ci.manual ?? [],
  };
}

/** The test of one file, for an app that is set up as this gap does it. Undefined where it is not, or it is taken. */
export function testFix(repo: Repo, { app, starters }: AppTests, subject: string): Fix | undefined {
  const own = starters.filter((starter) => starter.subject === subject);
  const isSetUp = SET_UP.every((setting) => repo.mentions(join(app.dir, CONFIG), setting));
  const files = starterFiles(repo, app, own);
  const [test] = files;
  if (!isSetUp || !test || repo.occupied(test.path)) return undefined;
  return { edits: files.filter(({ path }) => !repo.occupied(path)) };
}

function createSetUp(repo: Repo, app: NextApp, file: string): Created {
  return { ...createFromTemplate(repo, app, GAP, file, ''), path: join(app.dir, file) };
}

/** What each test holds up of the coverage, as the configuration names it. */
const COVERED: readonly (readonly [glob: string, by: string])[] = [
  ['app/api/auth/**', 'api/register.test.ts'],
  ['app/api/profile/**', 'api/profile.test.ts'],
  ['lib/{auth-session,', 'lib/auth-users.test.ts'],
  ['lib/db/{attempts,', 'lib/auth-users.test.ts'],
  ['lib/error-tracking/**', 'lib/error-tracking.test.ts'],
];
/** Without accounts hardly anything has a test. */
const LOWEST = '1';

/** The configuration with the thresholds of what has tests in this app. */
function configFor(config: Created, starters: readonly Starter[]): Created {
  const has = (test: string) => starters.some(({ file }) => file === test);
  const absent = COVERED.filter(([, by]) => !has(by)).map(([glob]) => glob);
  const kept = config.text.split('\n').filter((line) => !absent.some((glob) => line.includes(glob)));
  const text = kept.join('\n');
  const floor = has('lib/auth-users.test.ts')
    ? text
    : text.replace(/((?:statements|branches|functions|lines): )10,$/gm, `$1${LOWEST},`);
  const unused = absent.length === COVERED.length ? /^\/\/.{0,200}\n.{0,200}\bCRITICAL\b.{0,200}\n\n/m : /$^/;
  return { ...config, text: floor.replace(unused, '') };
}

/** The tests, and then what they import. */
function starterFiles(repo: Repo, app: NextApp, starters: readonly Starter[]): readonly Created[] {
  const auth = placeOf(app, 'lib/auth.ts');
  const create = (file: string, gap = GAP) =>
    createFromTemplate(repo, app, gap, join('__tests__', file), auth);
  const helpers = new Set(starters.flatMap((starter) => starter.helpers ?? []));
  return [...starters.map(({ file, gap }) => create(file, gap)), ...[...helpers].map((file) => create(file))];
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
