'use client';

import ErrorPanel from '@/components/ErrorPanel';

type Props = {
  error: Error & { digest?: string };
  reset: () => void;
};

/** Replaces a page that threw; the root layout around it stays. */
export default function RootError({ error, reset }: Props) {
  return (
    <main>
      <ErrorPanel
        error={error}
        reset={reset}
        title="Something went wrong"
        advice="An unexpected error occurred. Try again, or start over from the home page."
        home={{ href: '/', label: 'Go Home' }}
      />
    </main>
  );
}
