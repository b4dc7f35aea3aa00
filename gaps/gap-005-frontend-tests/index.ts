import { defineGap, type Finding, notApplicable } from '../../src/contract.ts';
import { basename, isInside, join } from '../../src/repo/paths.ts';
import { checksOf } from './checks.ts';
import { starterFix } from './starter.ts';
import { stepsFor } from './steps.ts';
import { type AppTests, ENOUGH, testsOf } from './tests.ts';

export type Code =
  | 'no-tests'
  | 'no-component-tests'
  | 'empty-tests'
  | 'no-test-script'
  | 'no-test-runner'
  | 'few-tests';

export default defineGap({
  meta: {
    id: 'GAP-005',
    slug: 'frontend-tests',
    title: 'Frontend component tests',
    problem: 'Nothing tests the components of the front end, so a broken one ships unnoticed.',
    looksFor:
      'A Next.js app without a test that renders one of its components, or without a test script that runs a test runner.',
    category: 'Testing',
    priority: 'P1',
    effort: '2 hr',
    fix: 'automatic',
    requires: ['GAP-004'],
    writes: [
      '**/vitest.{config.mts,setup.ts}',
      '**/__tests__/**/*.test.{ts,tsx}',
      '**/package.json',
      '**/.gitignore',
      '**/.dockerignore',
      '**/cloudbuild*.{yaml,yml}',
    ],
    messages: {
      'no-tests': '{{app}} has no test file.',
      'no-component-tests':
        '{{app}} has {{count}} test files of other kinds ({{kinds}}), and none that renders one of its components.',
      'empty-tests': 'This file is named as a test and holds no test that expects anything of the code.',
      'no-test-script': '{{app}} has no test script that runs a test runner.',
      'no-test-runner': '{{app}} declares no test runner.',
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

  detect(repo) {
    const apps = repo.layout.apps.map((app) => testsOf(repo, app));
    if (apps.length === 0) return notApplicable('no Next.js app');
    return { kind: 'findings', findings: apps.flatMap(findingsOf) };
  },

  apply(repo, findings) {
    const fixes = repo.layout.apps.map((app) => {
      const own = findings.filter(({ path }) => app.dir === '' || isInside(app.dir, path));
      const isOpen = own.some(({ code }) => code !== 'few-tests');
      return (
        (isOpen ? starterFix(repo, testsOf(repo, app)) : undefined) ?? { edits: [], manual: stepsFor(own) }
      );
    });
    return {
      edits: fixes.flatMap(({ edits }) => edits),
      dependencies: fixes.flatMap(({ dependencies = [] }) => dependencies),
      manual: fixes.flatMap(({ manual = [] }) => manual),
    };
  },

  verify: checksOf,
});

function findingsOf(tests: AppTests): readonly Finding<Code>[] {
  const { app, files, script, hasRunner } = tests;
  const manifest = app.workspace.path;
  const name = app.workspace.manifest.name ?? (app.dir === '' ? 'the app' : basename(app.dir));
  const findings: Finding<Code>[] = [...missingTests(tests, name)];
  if (!hasRunner) findings.push({ code: 'no-test-runner', path: manifest, at: 0, data: { app: name } });
  if (!script) findings.push({ code: 'no-test-script', path: manifest, at: 0, data: { app: name } });
  const count = files.reduce((sum, file) => sum + file.tests, 0);
  if (findings.length === 0 && count < ENOUGH)
    findings.push({ code: 'few-tests', path: manifest, at: 0, data: { app: name, count: String(count) } });
  return findings;
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
