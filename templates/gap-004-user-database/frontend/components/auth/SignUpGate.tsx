'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { HEADING, LINK, TEXT } from '@/components/auth/look';
import { useSetupToken } from '@/hooks/useLinkToken';

/** Shows the sign-up form while sign-up is open, and always to an owner who has the setup token. */
export default function SignUpGate({ isOpen, children }: { isOpen: boolean; children: ReactNode }) {
  const { token } = useSetupToken();

  if (isOpen || token) return <>{children}</>;
  return (
    <div className="space-y-4 text-center">
      <h1 className={HEADING}>Sign-up is closed</h1>
      <p className={TEXT}>New accounts are not available right now.</p>
      <p className={TEXT}>
        Already have an account?{' '}
        <Link href="/sign-in" className={LINK}>
          Sign in
        </Link>
      </p>
    </div>
  );
}
