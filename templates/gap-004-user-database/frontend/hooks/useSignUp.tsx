'use client';

import type { Session } from 'next-auth';
import { useRouter } from 'next/navigation';
import { getSession, signIn } from 'next-auth/react';
import { useRef, useState } from 'react';
import FormError from '@/components/auth/FormError';
import { useSetupToken } from '@/hooks/useLinkToken';
import { postJson } from '@/lib/post-json';

/** What the sign-up page asks for; fields that a page does not have are omitted. */
export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly workspaceName?: string;
  readonly industry?: string;
  readonly timezone?: string;
}

/** Creates an account. `notice` shows what went wrong; `isPending` is true while the server is working. */
export function useSignUp() {
  const router = useRouter();
  const setup = useSetupToken();
  const isBusy = useRef(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  /** Creates the account and signs in, then asks the user to confirm the address or, if not needed, calls `goOn`. */
  async function create(account: NewAccount, goOn: () => void) {
    if (isBusy.current) return;
    isBusy.current = true;
    setPending(true);
    setError(undefined);
    const answer = await postJson('/api/auth/register', { ...account, setupToken: setup.token || undefined });
    if (answer.isOk && setup.token) setup.forget(setup.token);
    const entered = answer.isOk ? await enter(account) : answer.error;
    if (typeof entered === 'string') {
      isBusy.current = false;
      setPending(false);
      setError(entered);
      return;
    }
    // The form stays pending until the next page loads; a second submit would find the address taken.
    if (!entered.unconfirmedEmail) goOn();
    else router.push(answer.body.confirmationSent ? '/confirm-email' : '/confirm-email?sent=no');
  }

  return { create, isPending, notice: <FormError message={error} /> };
}

/** Signs in. Returns the session, or a message for the user if that failed. */
async function enter({ email, password }: NewAccount): Promise<Session | string> {
  const answer = await signIn('credentials', { email, password, redirect: false }).catch(() => undefined);
  if (!answer?.ok) return 'Your account is ready. Sign in with it.';
  // When cookies are blocked, NextAuth's client reports success although nobody is signed in.
  return (await getSession()) ?? 'Your account is ready. Allow cookies for this site, then sign in with it.';
}
