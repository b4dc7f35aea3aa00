'use client';

import { SessionProvider } from 'next-auth/react';
import type { ReactNode } from 'react';

/** Gives the session to the client components below: useSession() fails outside of it. */
export default function Providers({ children }: { children: ReactNode }) {
  return <SessionProvider>{children}</SessionProvider>;
}
