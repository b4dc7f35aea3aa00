'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { CSSProperties } from 'react';
import { startTransition, useId } from 'react';

type Props = {
  error: Error & { digest?: string };
  reset: () => void;
  title: string;
  advice: string;
  home: { href: string; label: string };
};

const action: CSSProperties = {
  padding: '0.75rem 1.5rem',
  border: '1px solid currentColor',
  borderRadius: '0.5rem',
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  fontWeight: 600,
  textDecoration: 'none',
  cursor: 'pointer',
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
    <div
      style={{
        display: 'flex',
        minHeight: '60vh',
        alignItems: 'center',
        justifyContent: 'center',
        padding: '2rem',
        textAlign: 'center',
      }}
    >
      <div style={{ maxWidth: '28rem' }}>
        <h1
          ref={focusOnMount}
          tabIndex={-1}
          aria-describedby={adviceId}
          style={{ fontSize: '1.5rem', outline: 'none' }}
        >
          {title}
        </h1>
        <p id={adviceId}>{advice}</p>
        {error.digest ? (
          <p style={{ fontSize: '0.875rem' }}>
            Reference: <code>{error.digest}</code>
          </p>
        ) : null}
        <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: '0.75rem' }}>
          <button type="button" onClick={tryAgain} style={action}>
            Try Again
          </button>
          <Link href={home.href} style={action}>
            {home.label}
          </Link>
        </div>
      </div>
    </div>
  );
}
