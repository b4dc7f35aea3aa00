'use client';

import { SessionProvider } from 'next-auth/react';

/** Gives the session to the client components below: useSession() fails outside of it. */
export default function Providers({ children }) {
  return <SessionProvider>{children}</SessionProvider>;
}
