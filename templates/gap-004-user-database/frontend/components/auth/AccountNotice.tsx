'use client';

import Link from 'next/link';
import { useSession } from 'next-auth/react';

const BOX = 'rounded-xl border border-amber-300/40 bg-amber-300/10 p-3 text-sm text-amber-50';

/** Explains, on a page whose requests are all refused, why that is and what to do. */
export default function AccountNotice() {
  const { data: session } = useSession();
  if (session?.unconfirmedEmail) {
    return (
      <p role="status" className={BOX}>
        Confirm your email address to use your account.{' '}
        <Link href="/confirm-email" className="underline hover:text-amber-200">
          Confirm it now
        </Link>
      </p>
    );
  }
  if (session?.isUnavailable) {
    return (
      <p role="status" className={BOX}>
        Your account is not available right now. You are still signed in. Try again in a few minutes.
      </p>
    );
  }
  return null;
}
