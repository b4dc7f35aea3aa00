import * as Sentry from '@sentry/nextjs';
import { trackingOptions } from '@/lib/error-tracking';

// Read when the server starts; without it nothing is reported.
const dsn = process.env.SENTRY_DSN;

if (dsn) {
  Sentry.init({
    ...trackingOptions(dsn),
    // Route handlers catch what goes wrong, log it and answer: what is logged as an error is reported too.
    integrations: [Sentry.captureConsoleIntegration({ levels: ['error'] })],
  });
}
