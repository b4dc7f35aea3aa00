'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { startTransition, useId } from 'react';

type Props = {
  error: Error & { digest?: string };
  reset: () => void;
  title: string;
  advice: string;
  home: { href: string; label: string };
};

/** The element that had focus is gone with the page that crashed. */
function focusOnMount(heading: HTMLHeadingElement | null) {
  heading?.focus();
}

/**
 * What a boundary shows in place of a page that threw. The heading takes focus so that screen readers announce it
 * with the advice. The error's message belongs in the logs; its digest finds it there.
 */
export default function ErrorPanel({ error, reset, title, advice, home }: Props) {
  const router = useRouter();
  const adviceId = useId();

  function tryAgain() {
    // reset() alone would show the server's failed response again; refresh() fetches a new one.
    startTransition(() => {
      router.refresh();
      reset();
    });
  }

  return (
    <div className="flex min-h-[60vh] items-center justify-center p-8 text-center">
      <div className="max-w-md">
        <h1
          ref={focusOnMount}
          tabIndex={-1}
          aria-describedby={adviceId}
          className="mb-4 text-2xl font-bold focus:outline-none"
        >
          {title}
        </h1>
        <p id={adviceId} className="opacity-80">
          {advice}
        </p>
        {error.digest ? (
          <p className="mt-4 text-sm opacity-80">
            Reference: <code>{error.digest}</code>
          </p>
        ) : null}
        <div className="mt-6 flex flex-wrap justify-center gap-3">
          <button
            type="button"
            onClick={tryAgain}
            className="rounded-lg bg-amber-500 px-6 py-3 font-semibold text-black transition-colors hover:bg-amber-400 focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-current"
          >
            Try Again
          </button>
          <Link
            href={home.href}
            className="rounded-lg border border-current px-6 py-3 font-semibold transition-opacity hover:opacity-80 focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-current"
          >
            {home.label}
          </Link>
        </div>
      </div>
    </div>
  );
}
