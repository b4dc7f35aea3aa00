'use client';

import { SessionProvider } from 'next-auth/react';
import type { ReactNode } from 'react';

/** Provides the session to the client components below; without it, useSession() throws. */
export default function Providers({ children }: { children: ReactNode }) {
  return <SessionProvider>{children}</SessionProvider>;
}
