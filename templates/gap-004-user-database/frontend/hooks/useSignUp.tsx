'use client';

import { useRouter } from 'next/navigation';
import { getSession, signIn } from 'next-auth/react';
import { useRef, useState } from 'react';
import FormError from '@/components/auth/FormError';
import { postJson } from '@/lib/post-json';
import { setupToken } from '@/lib/setup-token';

/** What a sign-up page asks for; what it does not ask for is left out. */
export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly workspaceName?: string;
  readonly industry?: string;
  readonly timezone?: string;
}

/** Creates accounts. `notice` says what went wrong, `isPending` that the server is at it. */
export function useSignUp() {
  const router = useRouter();
  const isBusy = useRef(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  /** Creates the account and signs in. Who still has to confirm the address is led there, everybody else goes on. */
  async function create(account: NewAccount, goOn: () => void) {
    if (isBusy.current) return;
    isBusy.current = true;
    setPending(true);
    setError(undefined);
    const answer = await postJson('/api/auth/register', { ...account, setupToken: setupToken() });
    const message = answer.isOk ? await enter(account) : answer.error;
    if (message !== undefined) setError(message);
    else if ((await getSession())?.unconfirmedEmail)
      router.push(answer.body.confirmationSent ? '/confirm-email' : '/confirm-email?sent=no');
    else goOn();
    isBusy.current = false;
    setPending(false);
  }

  return { create, isPending, notice: <FormError message={error} /> };
}

/** Signs in; what went wrong, in words for the person, where that failed. */
async function enter({ email, password }: NewAccount): Promise<string | undefined> {
  const session = await signIn('credentials', { email, password, redirect: false }).catch(() => undefined);
  return session?.ok ? undefined : 'Your account is ready. Sign in with it.';
}
