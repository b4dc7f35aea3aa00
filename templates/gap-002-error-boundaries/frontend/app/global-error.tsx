'use client';

import type { CSSProperties } from 'react';
import { useId } from 'react';

type Props = {
  error: Error & { digest?: string };
  reset: () => void;
};

const action: CSSProperties = {
  display: 'inline-block',
  margin: '0.375rem',
  padding: '0.75rem 1.5rem',
  border: '1px solid #f59e0b',
  borderRadius: '0.5rem',
  font: 'inherit',
  fontWeight: 600,
  textDecoration: 'none',
  cursor: 'pointer',
};

/** The element that had focus is gone with the document that crashed. */
function focusOnMount(heading: HTMLHeadingElement | null) {
  heading?.focus();
}

/**
 * Replaces the whole document when the root layout throws. Nothing from that layout is left: no style sheets,
 * providers, or router. So the styles are inline, and leaving this page is a full page load.
 */
export default function GlobalError({ error, reset }: Props) {
  const adviceId = useId();

  function tryAgain() {
    // A digest marks a server error, which only a new request can fix.
    if (error.digest) window.location.reload();
    else reset();
  }

  return (
    <html lang="en">
      <head>
        <title>Something went wrong</title>
      </head>
      <body
        style={{
          display: 'flex',
          minHeight: '100vh',
          alignItems: 'center',
          justifyContent: 'center',
          margin: 0,
          backgroundColor: '#0a0a0a',
          color: '#ededed',
          colorScheme: 'dark',
          fontFamily: 'system-ui, sans-serif',
          textAlign: 'center',
        }}
      >
        <main style={{ maxWidth: '28rem', padding: '2rem' }}>
          <h1
            ref={focusOnMount}
            tabIndex={-1}
            aria-describedby={adviceId}
            style={{ fontSize: '1.5rem', outline: 'none' }}
          >
            Something went wrong
          </h1>
          <p id={adviceId} style={{ color: '#9ca3af' }}>
            An unexpected error occurred. Try again, or start over from the home page.
          </p>
          {error.digest ? (
            <p style={{ color: '#9ca3af', fontSize: '0.875rem' }}>
              Reference: <code style={{ color: '#fde68a' }}>{error.digest}</code>
            </p>
          ) : null}
          <button
            type="button"
            onClick={tryAgain}
            style={{ ...action, backgroundColor: '#f59e0b', color: '#000000' }}
          >
            Try Again
          </button>
          {/* eslint-disable-next-line @next/next/no-html-link-for-pages -- no router is left to link with */}
          <a href="/" style={{ ...action, color: '#ffffff' }}>
            Go Home
          </a>
        </main>
      </body>
    </html>
  );
}
