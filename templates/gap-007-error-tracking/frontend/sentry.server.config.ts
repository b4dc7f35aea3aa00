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
      // Route handlers catch what goes wrong, log it and answer: what is logged as an error is reported too.
      Sentry.captureConsoleIntegration({ levels: ['error'] }),
    ],
  });
}
