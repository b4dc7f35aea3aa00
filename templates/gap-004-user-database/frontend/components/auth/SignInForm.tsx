'use client';

import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { type FormEvent, type ReactNode, useState } from 'react';
import FormError from '@/components/auth/FormError';
import { afterSignIn } from '@/lib/after-sign-in';

/** The form around the fields `email` and `password`: signs in and goes on, or says that it did not work. */
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
    setPending(false);
    if (answer?.ok) {
      router.push(afterSignIn());
      router.refresh();
    } else if (answer?.status === 401) {
      setError('E-mail address and password do not fit together.');
    } else {
      setError('Sign-in does not answer. Try again in a moment.');
    }
  }

  return (
    <form onSubmit={submit} aria-busy={isPending} className={className}>
      {children}
      <FormError message={error} />
    </form>
  );
}
