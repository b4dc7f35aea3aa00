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
        // Otherwise each request to the app sends one to Sentry.
        trackIncomingRequestsAsSessions: false,
      }),
      Sentry.requestDataIntegration({ include: NOTHING_OF_A_REQUEST }),
      // This integration reports the errors that a route handler catches and logs.
      Sentry.captureConsoleIntegration({ levels: ['error'] }),
    ],
  });
}
