'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import FormError from '@/components/auth/FormError';

const SENT = 'If there is an account for this address, a link to set a new password is on its way to it.';

/** The form around the field `email`: asks for a mail, and says the same whether or not there is an account. */
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
    const message = await requestMail(email).catch(() => 'The server does not answer. Try again in a moment.');
    setPending(false);
    if (message === undefined) setNotice(SENT);
    else setError(message);
  }

  return (
    <form onSubmit={submit} aria-busy={isPending} className={className}>
      {children}
      <FormError message={error} />
      <p role="status" className="text-sm text-amber-100">
        {notice}
      </p>
    </form>
  );
}

/** What went wrong, in words for the person; undefined when the request was taken. */
async function requestMail(email: string): Promise<string | undefined> {
  const response = await fetch('/api/auth/forgot-password', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  if (response.ok) return undefined;
  const body: { error?: string } = await response.json();
  return body.error ?? 'The request was not taken. Try again in a moment.';
}
