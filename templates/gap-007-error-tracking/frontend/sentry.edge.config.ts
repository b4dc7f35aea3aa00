import * as Sentry from '@sentry/nextjs';
import { NOTHING_OF_A_REQUEST, trackingOptions } from '@/lib/error-tracking/options';

// The middleware runs in the edge runtime. Without a DSN, it reports nothing.
const dsn = process.env.SENTRY_DSN;

if (dsn) {
  Sentry.init({
    ...trackingOptions(dsn),
    integrations: [
      Sentry.requestDataIntegration({ include: NOTHING_OF_A_REQUEST }),
      Sentry.captureConsoleIntegration({ levels: ['error'] }),
    ],
  });
}
