import { getProviders, signIn } from 'next-auth/react';
import { afterSignIn } from '@/lib/after-sign-in';

/** Signs in through Google, or says that Google sign-in is not set up if its keys are missing. */
export async function signInWithGoogle(): Promise<void> {
  const providers = await getProviders().catch(() => null);
  if (providers && !providers.google) return window.location.assign('/sign-in?error=GoogleNotSetUp');
  await signIn('google', { callbackUrl: afterSignIn() });
}
