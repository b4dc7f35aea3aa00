import type { ReactNode } from 'react';
import SignUpGate from '@/components/auth/SignUpGate';
import { isSignUpOpen } from '@/lib/sign-up-switch';

/** The switch is read with each request: a build must not fix it. */
export const dynamic = 'force-dynamic';

export default function SignUpLayout({ children }: { children: ReactNode }) {
  return <SignUpGate isOpen={isSignUpOpen()}>{children}</SignUpGate>;
}
