import * as Sentry from '@sentry/nextjs';

/** Next.js calls this once, when a server starts. */
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./sentry.server.config');
  if (process.env.NEXT_RUNTIME === 'edge') await import('./sentry.edge.config');
}

/** Called from Next.js 15 on; before that, the build wraps what may throw on the server. */
export const onRequestError = Sentry.captureRequestError;
