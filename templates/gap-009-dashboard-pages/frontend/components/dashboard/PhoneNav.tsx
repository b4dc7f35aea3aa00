'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useId, useState } from 'react';

/** The navigation where the screen is too narrow for the one at the side: a button that opens it. */
export default function PhoneNav({ children }: { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const path = usePathname();
  const id = useId();

  useEffect(() => setIsOpen(false), [path]);

  return (
    <div className="px-4 py-3 lg:hidden">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className="rounded-full border border-amber-50/15 bg-black/60 px-4 py-2 text-sm text-amber-100 focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-current"
      >
        Menu
      </button>
      <div id={id} hidden={!isOpen} className="mt-3 rounded-2xl border border-amber-50/10 bg-black/90 p-2">
        {children}
      </div>
    </div>
  );
}
