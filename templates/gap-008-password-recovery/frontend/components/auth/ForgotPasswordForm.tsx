'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import FormError from '@/components/auth/FormError';
import { FormPending } from '@/components/auth/SubmitButton';
import { TEXT } from '@/components/auth/look';
import { postJson } from '@/lib/post-json';

const SENT = 'If this address has an account, we sent it a link to reset the password.';

/** Wraps the `email` field and requests the email. Shows the same notice whether or not there is an account. */
export default function ForgotPasswordForm({ className, children }: { className?: string; children: ReactNode }) {
  const [error, setError] = useState<string>();
  const [notice, setNotice] = useState('');
  const [isPending, setPending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const email = String(new FormData(event.currentTarget).get('email') ?? '');
    setPending(true);
    setError(undefined);
    setNotice('');
    const answer = await postJson('/api/auth/forgot-password', { email });
    setPending(false);
    if (answer.isOk) setNotice(SENT);
    else setError(answer.error);
  }

  return (
    <FormPending.Provider value={isPending}>
      <form onSubmit={submit} aria-busy={isPending} className={className}>
        {children}
        <FormError message={error} />
        <p role="status" className={TEXT}>
          {notice}
        </p>
      </form>
    </FormPending.Provider>
  );
}
