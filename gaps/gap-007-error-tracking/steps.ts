import type { Finding, ManualStep } from '../../src/contract.ts';

const STEPS: Readonly<Record<string, string>> = {
  'no-error-tracking':
    'Create a project at Sentry (or run GlitchTip), install @sentry/nextjs 10 and commit the lock file; start it in sentry.server.config.ts and sentry.edge.config.ts, loaded by register() of instrumentation.ts, and in the client configuration; wrap next.config with withSentryConfig; capture in global-error.tsx and every error.tsx; allow the ingest host in connect-src; pass SENTRY_DSN at run time and NEXT_PUBLIC_SENTRY_DSN at build time, and start nothing without them',
  'never-initialised':
    'Start the declared tracker on the server (instrumentation.ts) and in the browser, or take it out of package.json',
  'never-loaded':
    'Load the listed file: import the server and edge configurations in register() of instrumentation.ts (with experimental.instrumentationHook before Next.js 15), and wrap next.config with withSentryConfig for the client configuration',
  'one-side-only':
    'Start the tracker on the missing side too: instrumentation.ts for the server, the client configuration for the browser',
  'blocked-by-csp':
    'Add the ingest host of the DSN to connect-src of the production policy, or send through the app itself with tunnelRoute',
};

/** What a person could do today. */
export function stepsFor(findings: readonly Finding[]): readonly ManualStep[] {
  return [...new Set(findings.map(({ code }) => code))].flatMap((code) => {
    const title = STEPS[code];
    return title === undefined
      ? []
      : [
          {
            title,
            why: 'The account, its DSN and what may leave the house belong to the people who run the service.',
            seenBy: 'The finding is gone from the next audit; throw an error on purpose and see it arrive.',
          },
        ];
  });
}
