import {
  defineGap,
  type Edit,
  type Finding,
  type Fix,
  type NextApp,
  notApplicable,
  type Repo,
} from '../../src/contract.ts';
import { besides } from '../../src/edit/also-changes.ts';
import { basename, isInside, join } from '../../src/repo/paths.ts';
import { checksOf } from './checks.ts';
import { starterFix, testFix } from './starter.ts';
import { criticalSubjects } from './starters.ts';
import { stepsFor } from './steps.ts';
import { type AppTests, ENOUGH, testedFiles, testsOf } from './tests.ts';

export type Code =
  | 'no-tests'
  | 'no-component-tests'
  | 'empty-tests'
  | 'no-test-script'
  | 'no-test-runner'
  | 'untested'
  | 'few-tests';

export default defineGap({
  meta: {
    id: 'GAP-005',
    slug: 'frontend-tests',
    title: 'Frontend component tests',
    problem: 'Nothing tests the components of the front end, so a broken one ships unnoticed.',
    looksFor:
      'A Next.js app without a test that renders one of its components, without a test script that runs a test runner, or whose sign-in no test tries.',
    category: 'Testing',
    priority: 'P1',
    effort: '2 hr',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/vitest.{config.mts,setup.ts}',
      '**/__tests__/**/*.{ts,tsx}',
      '**/package.json',
      '**/.gitignore',
      '**/.dockerignore',
      '**/cloudbuild*.{yaml,yml}',
      '.github/workflows/*.{yaml,yml}',
    ],
    messages: {
      'no-tests': '{{app}} has no test file.',
      'no-component-tests':
        '{{app}} has {{count}} test files of other kinds ({{kinds}}), and none that renders one of its components.',
      'empty-tests': 'This file is named as a test and holds no test that expects anything of the code.',
      'no-test-script': '{{app}} has no test script that runs a test runner.',
      'no-test-runner': '{{app}} declares no test runner.',
      untested: 'No test of {{app}} tries this file, which decides who comes in or what leaves.',
      'few-tests': {
        text: '{{app}} has {{count}} tests; the runbook asks for at least 10 on the critical paths.',
        kind: 'note',
      },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-005',
      'https://nextjs.org/docs/app/guides/testing/vitest',
      'https://nextjs.org/docs/app/guides/testing/jest',
    ],
  },

  read: (repo) => ({ repo }),

  detect({ repo }) {
    const apps = repo.layout.apps.map((app) => testsOf(repo, app));
    if (apps.length === 0) return notApplicable('no Next.js app');
    return { findings: apps.flatMap((tests) => findingsOf(repo, tests)) };
  },

  unitOf: ({ code, path, data }) => (SET_UP.has(code) ? `tests of ${data?.app}` : `${code} ${path}`),

  apply({ repo }, findings) {
    const fixes = repo.layout.apps.flatMap((app) => {
      const own = findings.filter(({ path }) => app.dir === '' || isInside(app.dir, path));
      const setUp = own.filter(({ code }) => SET_UP.has(code));
      const others = own.filter(({ code }) => !SET_UP.has(code));
      const start = setUp.length > 0 ? starterFix(repo, testsOf(repo, app)) : undefined;
      return [start ?? stepsOf(setUp), ...others.map((finding) => oneFix(repo, app, finding))];
    });
    const edits = mergedEdits(fixes);
    return {
      edits,
      ...besides(edits, [[/\.ya?ml$/, 'Runs the tests in {{path}}.']]),
      dependencies: fixes.flatMap(({ dependencies = [] }) => dependencies),
      manual: fixes.flatMap(({ manual = [] }) => manual),
    };
  },

  verify: ({ repo }) => checksOf(repo),
});

/** What a test runner with first tests closes, all at once. */
const SET_UP: ReadonlySet<string> = new Set<Code>([
  'no-tests',
  'no-component-tests',
  'no-test-script',
  'no-test-runner',
]);

function stepsOf(findings: readonly Finding[]): Fix {
  return { edits: [], manual: stepsFor(findings) };
}

function oneFix(repo: Repo, app: NextApp, finding: Finding<Code>): Fix {
  return (finding.code === 'untested' ? testFix(repo, app, finding.path) : undefined) ?? stepsOf([finding]);
}

/** One edit per file: two tests may want the same helper, and two apps the same CI file. */
function mergedEdits(fixes: readonly Fix[]): readonly Edit[] {
  const merged = new Map<string, Edit>();
  for (const edit of fixes.flatMap(({ edits }) => edits)) {
    const known = merged.get(edit.path);
    const isSplice = known?.kind === 'splice' && edit.kind === 'splice';
    merged.set(edit.path, isSplice ? { ...edit, spans: [...known.spans, ...edit.spans] } : edit);
  }
  return [...merged.values()];
}

function findingsOf(repo: Repo, tests: AppTests): readonly Finding<Code>[] {
  const { app, files, script, hasRunner } = tests;
  const manifest = app.workspace.path;
  const name = app.workspace.manifest.name ?? (app.dir === '' ? 'the app' : basename(app.dir));
  const findings: Finding<Code>[] = [...missingTests(tests, name)];
  if (!hasRunner) findings.push({ code: 'no-test-runner', path: manifest, at: 0, data: { app: name } });
  if (!script) findings.push({ code: 'no-test-script', path: manifest, at: 0, data: { app: name } });
  if (files.some(({ kind }) => kind !== 'empty')) findings.push(...untested(repo, tests, name));
  const count = files.reduce((sum, file) => sum + file.tests, 0);
  if (findings.length === 0 && count < ENOUGH)
    findings.push({ code: 'few-tests', path: manifest, at: 0, data: { app: name, count: String(count) } });
  return findings;
}

/** Critical code that is known by its shape, and that no test imports. */
function untested(repo: Repo, tests: AppTests, app: string): readonly Finding<Code>[] {
  const subjects = criticalSubjects(repo, tests.app);
  if (subjects.length === 0) return [];
  const tested = testedFiles(repo, tests);
  return subjects
    .filter((path) => !tested.has(path))
    .map((path) => ({ code: 'untested', path, at: 0, data: { app } }));
}

function missingTests({ app, files }: AppTests, name: string): readonly Finding<Code>[] {
  if (files.some(({ kind }) => kind === 'component')) return [];
  // Tests of the packages that it is built from say nothing of its own components, unless they render some.
  const real = files.filter(({ kind, isOwn }) => kind !== 'empty' && isOwn);
  if (real.length > 0) {
    const kinds = [...new Set(real.map(({ kind }) => kind))].sort().join(', ');
    return [
      {
        code: 'no-component-tests',
        path: real[0]?.path ?? '',
        at: 0,
        data: { app: name, count: String(real.length), kinds },
      },
    ];
  }
  const empty = files.filter(({ kind, isOwn }) => kind === 'empty' && isOwn);
  if (empty.length > 0) return empty.map(({ path }) => ({ code: 'empty-tests', path, at: 0 }));
  return [{ code: 'no-tests', path: join(app.dir, '__tests__'), data: { app: name } }];
}
