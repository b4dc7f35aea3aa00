import type { ReactNode } from 'react';
import SignUpGate from '@/components/auth/SignUpGate';
import { isSignUpOpen } from '@/lib/sign-up-switch';

/** Reads the switch on each request; a static build would freeze it. */
export const dynamic = 'force-dynamic';

export default function SignUpLayout({ children }: { children: ReactNode }) {
  return <SignUpGate isOpen={isSignUpOpen()}>{children}</SignUpGate>;
}
