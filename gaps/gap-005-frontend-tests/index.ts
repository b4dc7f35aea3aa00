import { defineGap } from '../../src/contract.ts';
import { apply, unitOf } from './apply.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

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

  read,
  detect,
  unitOf,
  apply,
  verify,
});
