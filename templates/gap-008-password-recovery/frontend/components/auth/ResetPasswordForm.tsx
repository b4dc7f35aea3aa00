'use client';

import Link from 'next/link';
import { type FormEvent, useEffect, useState } from 'react';
import FormError from '@/components/auth/FormError';
import { PASSWORD_MAX, PASSWORD_MIN } from '@/lib/password-rule';

const FIELD =
  'mt-1 h-11 w-full rounded-xl border border-white/10 bg-black/60 px-3 text-sm text-amber-50 outline-none focus:border-amber-300 focus-visible:ring-2 focus-visible:ring-amber-300';

/** Asks for the new password twice and sends it with the token of the mailed link. */
export default function ResetPasswordForm() {
  const [token, setToken] = useState('');
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const [isDone, setDone] = useState(false);

  useEffect(() => {
    const given = new URLSearchParams(window.location.search).get('token');
    if (!given) return;
    setToken(given);
    // Out of the address bar, the history and what a screenshot shows.
    window.history.replaceState(null, '', window.location.pathname);
  }, []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const fields = new FormData(event.currentTarget);
    const password = String(fields.get('password') ?? '');
    if (password !== fields.get('repeated')) return setError('The two passwords differ.');
    setPending(true);
    setError(undefined);
    const message = await reset(token, password).catch(() => 'The server does not answer. Try again in a moment.');
    setPending(false);
    if (message === undefined) setDone(true);
    else setError(message);
  }

  if (isDone) {
    return (
      <p role="status" className="text-center text-sm text-amber-100">
        Your password is set.{' '}
        <Link href="/sign-in" className="text-amber-300 underline hover:text-amber-200">
          Sign in with it
        </Link>
      </p>
    );
  }

  return (
    <form onSubmit={submit} aria-busy={isPending} className="space-y-4">
      <label className="block text-xs text-amber-100">
        New password, at least {PASSWORD_MIN} characters
        <Password name="password" />
      </label>
      <label className="block text-xs text-amber-100">
        The same again
        <Password name="repeated" />
      </label>
      <FormError message={error} />
      <button
        type="submit"
        className="h-12 w-full rounded-full bg-amber-400 text-sm font-semibold text-black hover:bg-amber-300 focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-amber-300"
      >
        Set the password
      </button>
    </form>
  );
}

function Password({ name }: { name: string }) {
  return (
    <input
      type="password"
      name={name}
      required
      minLength={PASSWORD_MIN}
      maxLength={PASSWORD_MAX}
      autoComplete="new-password"
      className={FIELD}
    />
  );
}

/** What went wrong, in words for the person; undefined when the password is set. */
async function reset(token: string, password: string): Promise<string | undefined> {
  const response = await fetch('/api/auth/reset-password', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, password }),
  });
  if (response.ok) return undefined;
  const body: { error?: string } = await response.json();
  return body.error ?? 'The password could not be set. Try again in a moment.';
}
