import { defineGap } from '../../src/contract.ts';
import { apply } from './apply.ts';
import { detect } from './detect.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

export default defineGap({
  meta: {
    id: 'GAP-007',
    slug: 'error-tracking',
    title: 'Set up error tracking (Sentry)',
    problem: 'Errors in production reach nobody, neither those of the server nor those of the browser.',
    looksFor:
      'A Next.js app without an error tracker, with one that is never started or whose start is never loaded, or whose Content-Security-Policy blocks it.',
    category: 'Observability',
    priority: 'P1',
    effort: '30 min',
    fix: 'automatic',
    requires: [],
    writes: [
      '**/{instrumentation,instrumentation-client}.ts',
      '**/sentry.{client,server,edge}.config.ts',
      '**/lib/error-tracking/*.ts',
      '**/next.config.{js,cjs,mjs,ts}',
      // Where code writes a policy.
      '**/{middleware,proxy}.{ts,js}',
      '**/*{csp,polic,security,header}*.{ts,js}',
      '**/security/*.{ts,js}',
      // What routes ask a backend with.
      '**/*{proxy,gateway,backend,upstream}*.{ts,js}',
      '**/{error,global-error}.{tsx,jsx}',
      '**/Dockerfile',
      '**/*compose*.{yml,yaml}',
      '**/*env*.{example,sample,template}',
    ],
    messages: {
      'no-error-tracking': '{{app}} declares no error tracker.',
      'never-initialised': '{{tracker}} is declared here, and no code starts it.',
      'never-loaded': '{{tracker}} is started here, and this never runs: {{reason}}.',
      'one-side-only': '{{tracker}} is started in the {{side}} only; errors of the {{other}} reach nobody.',
      'blocked-by-csp': 'This policy keeps the browser from sending errors to {{tracker}}.',
      'other-side-unseen': {
        text: '{{tracker}} is started in the {{side}} only; nothing here carries errors of the {{other}} away.',
        kind: 'note',
      },
      'quiet-boundary': {
        text: 'This boundary catches errors and passes none on to {{tracker}}.',
        kind: 'note',
      },
    },
    references: [
      'docs/real-app-forever/coding_editor_runbook.md, GAP-007',
      'https://docs.sentry.io/platforms/javascript/guides/nextjs/manual-setup/',
      'https://nextjs.org/docs/app/guides/instrumentation',
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/connect-src',
    ],
  },

  read,
  detect,
  apply,
  verify,
});
