import * as Sentry from '@sentry/nextjs';
import { trackingOptions } from '@/lib/error-tracking/options';

// The build inlines the DSN into the browser code. Without a DSN, the browser reports nothing.
const dsn = process.env.NEXT_PUBLIC_SENTRY_DSN;

if (dsn) Sentry.init(trackingOptions(dsn));
