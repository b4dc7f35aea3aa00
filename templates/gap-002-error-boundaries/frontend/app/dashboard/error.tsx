'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { startTransition } from 'react';

type Props = {
  error: Error & { digest?: string };
  reset: () => void;
};

/** What had the focus is gone with the page that crashed. */
function focusOnMount(heading: HTMLHeadingElement | null) {
  heading?.focus();
}

/**
 * Stands in for a dashboard page that threw; the dashboard's layout around it stays. Errors of that layout
 * itself go to the boundary above.
 */
export default function DashboardError({ error, reset }: Props) {
  const router = useRouter();

  function tryAgain() {
    // reset() alone would show the failed answer of the server again; refresh() asks for a new one.
    startTransition(() => {
      router.refresh();
      reset();
    });
  }

  return (
    <section className="mx-auto my-12 max-w-md rounded-2xl border border-white/10 bg-[#0a0a0a] p-8 text-center">
      <div role="alert">
        <h1
          ref={focusOnMount}
          tabIndex={-1}
          className="mb-4 text-2xl font-bold text-white focus:outline-none"
        >
          This page could not be shown
        </h1>
        <p className="text-gray-400">
          An unexpected error occurred. The rest of the dashboard still works: try again, or open another page.
        </p>
        {error.digest ? (
          <p className="mt-4 text-sm text-gray-400">
            Reference: <code className="text-amber-200">{error.digest}</code>
          </p>
        ) : null}
      </div>
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        <button
          type="button"
          onClick={tryAgain}
          className="rounded-lg bg-amber-500 px-6 py-3 font-semibold text-black transition-colors hover:bg-amber-400 focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-amber-300"
        >
          Try Again
        </button>
        <Link
          href="/"
          className="rounded-lg border border-gray-500 px-6 py-3 font-semibold text-white transition-colors hover:border-amber-400 focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-amber-300"
        >
          Go Home
        </Link>
      </div>
    </section>
  );
}
