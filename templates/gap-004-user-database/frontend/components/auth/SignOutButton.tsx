'use client';

import { signOut, useSession } from 'next-auth/react';
import { useState } from 'react';

/** Signs out of this browser. Renders nothing without a session. */
export default function SignOutButton() {
  const { data: session } = useSession();
  const [isPending, setPending] = useState(false);

  async function leave() {
    setPending(true);
    await signOut({ callbackUrl: '/' }).catch(() => setPending(false));
  }

  if (!session) return null;
  return (
    <button
      type="button"
      onClick={leave}
      disabled={isPending}
      className="whitespace-nowrap rounded-full border border-amber-50/20 px-3 py-1.5 text-xs text-amber-100 enabled:hover:bg-white/10 disabled:cursor-wait disabled:opacity-60"
    >
      {isPending ? 'Signing out…' : 'Sign out'}
    </button>
  );
}
