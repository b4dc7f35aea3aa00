import * as Sentry from '@sentry/nextjs';
import { trackingOptions } from '@/lib/error-tracking';

// Read when the server starts; without it nothing is reported.
const dsn = process.env.SENTRY_DSN;

if (dsn) {
  const options = trackingOptions(dsn);
  Sentry.init({
    ...options,
    // Route handlers catch what goes wrong, log it and answer: an error in the log is reported too.
    integrations: [Sentry.captureConsoleIntegration({ levels: ['error'] })],
    // A text in the log is not: Next.js writes one about every error that was reported where it was thrown.
    beforeSend: (event) => (event.logger === 'console' && !event.exception ? null : options.beforeSend(event)),
  });
}
