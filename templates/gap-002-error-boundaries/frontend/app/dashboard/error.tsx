'use client';

import ErrorPanel from '@/components/ErrorPanel';

type Props = {
  error: Error & { digest?: string };
  reset: () => void;
};

/**
 * Replaces a dashboard page that threw; the dashboard layout around it stays. Errors in that layout itself go to
 * the boundary above.
 */
export default function DashboardError({ error, reset }: Props) {
  return (
    <ErrorPanel
      error={error}
      reset={reset}
      title="This page could not be shown"
      advice="An unexpected error occurred. Try again, or open another page."
      home={{ href: '/dashboard', label: 'Back to Dashboard' }}
    />
  );
}
