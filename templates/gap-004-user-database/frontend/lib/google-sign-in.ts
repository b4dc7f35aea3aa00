import { getProviders, signIn } from 'next-auth/react';
import { afterSignIn } from '@/lib/after-sign-in';

/** Leaves for Google and comes back signed in; without Google's keys in the environment, says that. */
export async function signInWithGoogle(): Promise<void> {
  const providers = await getProviders().catch(() => null);
  if (providers && !providers.google) return window.location.assign('/sign-in?error=GoogleNotSetUp');
  await signIn('google', { callbackUrl: afterSignIn() });
}
