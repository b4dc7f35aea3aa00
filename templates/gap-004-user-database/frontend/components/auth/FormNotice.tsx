'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { TEXT } from '@/components/auth/look';

/** Takes the place of a form that has done its work, and the focus that the form had. */
export default function FormNotice({ children }: { children: ReactNode }) {
  const box = useRef<HTMLParagraphElement>(null);

  useEffect(() => box.current?.focus(), []);

  return (
    <p ref={box} tabIndex={-1} className={TEXT}>
      {children}
    </p>
  );
}
