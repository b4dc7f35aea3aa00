'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { TEXT } from '@/components/auth/look';

/** Replaces a finished form and takes over its focus. */
export default function FormNotice({ children }: { children: ReactNode }) {
  const box = useRef<HTMLParagraphElement>(null);

  useEffect(() => box.current?.focus(), []);

  return (
    <p ref={box} tabIndex={-1} className={TEXT}>
      {children}
    </p>
  );
}
