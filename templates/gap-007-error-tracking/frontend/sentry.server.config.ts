import * as Sentry from '@sentry/nextjs';
import { NOTHING_OF_A_REQUEST, trackingOptions } from '@/lib/error-tracking/options';

// Read when the server starts; without it nothing is reported.
const dsn = process.env.SENTRY_DSN;

if (dsn) {
  Sentry.init({
    ...trackingOptions(dsn),
    integrations: [
      Sentry.httpIntegration({ disableIncomingRequestSpans: true, maxIncomingRequestBodySize: 'none' }),
      Sentry.requestDataIntegration({ include: NOTHING_OF_A_REQUEST }),
      // Reports errors that a route handler catches and logs.
      Sentry.captureConsoleIntegration({ levels: ['error'] }),
    ],
  });
}
