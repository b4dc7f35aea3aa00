import type { Finding, ManualStep } from '../../src/contract.ts';
import type { Code } from './detect.ts';

/** Notes are no task. */
const STEPS: Readonly<Record<Code, string | undefined>> = {
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
  'other-side-unseen': undefined,
  'quiet-boundary': undefined,
};

/** What a person could do today. */
export function stepsFor(findings: readonly Finding<Code>[]): readonly ManualStep[] {
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

/** What a policy that cannot be edited has to say. */
export function policyStep(path: string): ManualStep {
  return {
    title: `In ${path}, add the host of the DSN to connect-src of the production policy (connect-src 'self' https://<host>, as in https://o1.ingest.us.sentry.io)`,
    why: 'The policy keeps the browser from sending reports, and is not written as one text in code that could ask for the host.',
    seenBy:
      'Throw an error in the browser on purpose: the console names no violation, and the error arrives.',
  };
}

/** What a policy that only the running app knows has to say. */
export function assembledStep(path: string): ManualStep {
  return {
    title: `See that the policy which ${path} puts together lets the browser reach the host of the DSN (connect-src 'self' https://<host>, as in https://o1.ingest.us.sentry.io)`,
    why: 'Its sources are known when it runs, and not by reading.',
    seenBy:
      'Throw an error in the browser on purpose: the console names no violation, and the error arrives.',
  };
}

/** The wrapper for a next.config of another shape. */
export function configStep(path: string, why: string): ManualStep {
  return {
    title: `In ${path}, import withSentryConfig from '@sentry/nextjs/config' and wrap what the file exports: withSentryConfig(config, { silent: true, telemetry: false, sourcemaps: { disable: !process.env.SENTRY_AUTH_TOKEN } })`,
    why: `An edit could break it: ${why}.`,
    seenBy: `${path} exports what withSentryConfig returns.`,
  };
}

/** The line for a catch of another shape. */
export function sharedCatchStep(path: string): ManualStep {
  return {
    title: `In ${path}, log what is caught as an error, with the error itself, before it becomes an answer`,
    why: 'Several routes ask a backend through it, and where that is down nobody but the visitor hears of it; its shape or its name leaves the place to a person.',
    seenBy: 'Stop the backend and call one of the routes: the error appears in the project.',
  };
}

/** The effect for a boundary of another shape. */
export function boundaryStep(path: string): ManualStep {
  return {
    title: `In ${path}, call captureException(error) of '@sentry/nextjs' in an effect of the boundary`,
    why: 'Its component is not one function that takes the error, so no edit is safe.',
    seenBy: 'The note about this boundary is gone from the next audit.',
  };
}

/** The boundary of an app whose root layout stands elsewhere. */
export function noBoundaryStep(folder: string): ManualStep {
  return {
    title: `Write an error boundary (error.tsx) below ${folder} that calls captureException(error) of '@sentry/nextjs' in an effect`,
    why: 'No boundary is there, and the root layout stands in a folder of its own, so its place is not plain.',
    seenBy: 'Throw an error while a client component renders: it arrives.',
  };
}

/** The build argument for an image of another shape. */
export function imageStep(path: string): ManualStep {
  return {
    title: `In ${path}, before the line that builds the app: ARG NEXT_PUBLIC_SENTRY_DSN and ENV NEXT_PUBLIC_SENTRY_DSN=$NEXT_PUBLIC_SENTRY_DSN`,
    why: 'No single RUN of it builds the app, so the place is not plain.',
    seenBy: `${path} names NEXT_PUBLIC_SENTRY_DSN.`,
  };
}

/** The build argument for a service of another shape. */
export function composeStep(path: string, service: string): ManualStep {
  return {
    title: `In ${path}, give the build of the service ${service} the argument NEXT_PUBLIC_SENTRY_DSN: \${NEXT_PUBLIC_SENTRY_DSN:-}`,
    why: 'The service is written in a way that cannot be edited safely.',
    seenBy: `The service ${service} passes NEXT_PUBLIC_SENTRY_DSN to its build.`,
  };
}

/** Traces that Sentry's own would stand beside. */
export function tracesStep(path: string): ManualStep {
  return {
    title: `Let Sentry and the traces of ${path} share one OpenTelemetry: start Sentry with skipOpenTelemetrySetup: true, and give the provider SentrySpanProcessor, SentryPropagator and SentryContextManager (docs.sentry.io, Node.js, "Using your existing OpenTelemetry setup")`,
    why: 'Traces say how long something took and tell nobody that it failed, and Sentry sets up an OpenTelemetry of its own that would take the place of this one.',
    seenBy: 'Throw an error on purpose: it arrives, and the traces still do.',
  };
}

/** A file that stands where one would be created. */
export function conflictStep(path: string): ManualStep {
  return {
    title: `Look at ${path}: move it, or bring what the other steps say into it`,
    why: 'Something of the same name stands there, and nothing is laid over it.',
    seenBy: 'The finding is gone from the next audit.',
  };
}

/** The account and its DSN, and how the browser's half of it gets into the build. */
export function dsnStep(builders: readonly string[], isStatic: boolean): ManualStep {
  const others =
    builders.length === 0
      ? ''
      : `; in ${builders.join(', ')} add --build-arg NEXT_PUBLIC_SENTRY_DSN=<dsn> where the image is built`;
  return {
    title: `Create a project at Sentry (or a service that speaks its protocol); set ${isStatic ? '' : 'SENTRY_DSN in the environment of the running app, and '}NEXT_PUBLIC_SENTRY_DSN where it is built: Compose fills build arguments from the file of its --env-file or else from .env beside the Compose file, and env_file reaches the container only${others}. Stacks of the browser stay minified until a build is given SENTRY_AUTH_TOKEN, SENTRY_ORG and SENTRY_PROJECT (in an image as a BuildKit secret, never as an argument)`,
    why: 'The account, its DSN and what may leave the house belong to the people who run the service; without the DSNs nothing is sent.',
    seenBy:
      'Throw an error on purpose in a page of the running app: it appears in the project within 30 seconds, and a search for digest:<the reference that the page shows> finds it.',
  };
}
