import { signIn } from 'next-auth/react';
import { afterSignIn } from '@/lib/after-sign-in';

/** Leaves for Google and comes back signed in. */
export function signInWithGoogle(): void {
  void signIn('google', { callbackUrl: afterSignIn() });
}
