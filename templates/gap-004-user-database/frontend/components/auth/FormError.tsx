'use client';

import { useEffect, useRef } from 'react';

/** Says what went wrong. Takes focus so that screen readers announce it and the page scrolls to it. */
export default function FormError({ message }: { message: string | undefined }) {
  const box = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    if (message) box.current?.focus();
  }, [message]);

  return (
    <p
      ref={box}
      role="alert"
      tabIndex={-1}
      className={message ? 'rounded-lg bg-red-950/40 p-3 text-sm text-red-200' : 'sr-only'}
    >
      {message}
    </p>
  );
}
