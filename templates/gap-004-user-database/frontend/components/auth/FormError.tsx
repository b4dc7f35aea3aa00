'use client';

import { useEffect, useRef } from 'react';

/** What went wrong. It takes the focus: it is read out, and seen wherever on the page it stands. */
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
