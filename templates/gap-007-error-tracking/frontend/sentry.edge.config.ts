import * as Sentry from '@sentry/nextjs';
import { trackingOptions } from '@/lib/error-tracking';

// The middleware runs here. Without a DSN nothing is reported.
const dsn = process.env.SENTRY_DSN;

if (dsn) Sentry.init(trackingOptions(dsn));
