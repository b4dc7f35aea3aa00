'use client';

import { useRouter } from 'next/navigation';
import { getSession, signIn } from 'next-auth/react';
import { type FormEvent, type ReactNode, useState } from 'react';
import FormError from '@/components/auth/FormError';
import { FormPending } from '@/components/auth/SubmitButton';
import { afterSignIn } from '@/lib/after-sign-in';
import { signInMessage } from '@/lib/sign-in-messages';

/** Wraps the `email` and `password` fields: signs in and moves on, or says why that failed. */
export default function SignInForm({ className, children }: { className?: string; children: ReactNode }) {
  const router = useRouter();
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const fields = new FormData(event.currentTarget);
    setPending(true);
    setError(undefined);
    const answer = await signIn('credentials', {
      email: String(fields.get('email') ?? ''),
      password: String(fields.get('password') ?? ''),
      redirect: false,
    }).catch(() => undefined);
    // When cookies are blocked, NextAuth's client reports success although nobody is signed in.
    const session = answer?.ok ? await getSession() : null;
    if (!session) {
      setPending(false);
      setError(signInMessage(answer?.ok ? 'NoSession' : answer?.error));
      return;
    }
    // The form stays pending until the next page loads.
    router.push(session.unconfirmedEmail ? '/confirm-email' : afterSignIn());
    router.refresh();
  }

  return (
    <FormPending.Provider value={isPending}>
      <form onSubmit={submit} aria-busy={isPending} className={className}>
        {children}
        <FormError message={error} />
      </form>
    </FormPending.Provider>
  );
}
