import * as Sentry from '@sentry/nextjs';
import { NOTHING_OF_A_REQUEST, trackingOptions } from '@/lib/error-tracking/options';

// The server reads the DSN when it starts. Without a DSN, it reports nothing.
const dsn = process.env.SENTRY_DSN;

if (dsn) {
  Sentry.init({
    ...trackingOptions(dsn),
    integrations: [
      Sentry.httpIntegration({
        disableIncomingRequestSpans: true,
        maxIncomingRequestBodySize: 'none',
        // Otherwise, requests to the app also cause requests to Sentry.
        trackIncomingRequestsAsSessions: false,
      }),
      Sentry.requestDataIntegration({ include: NOTHING_OF_A_REQUEST }),
      // Reports errors that route handlers catch and log.
      Sentry.captureConsoleIntegration({ levels: ['error'] }),
    ],
  });
}
