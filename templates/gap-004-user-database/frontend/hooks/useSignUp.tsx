'use client';

import { signIn } from 'next-auth/react';
import { type FormEvent, useRef, useState } from 'react';
import FormError from '@/components/auth/FormError';

/**
 * Creates the account from what was typed into the steps of a sign-up page: `collect` takes the named fields of
 * every form that is submitted, `finish` sends them, signs in and goes on.
 */
export function useSignUp() {
  const answers = useRef<Record<string, string>>({});
  const isBusy = useRef(false);
  const [error, setError] = useState<string>();

  function collect(event: FormEvent<HTMLElement>) {
    if (!(event.target instanceof HTMLFormElement)) return;
    new FormData(event.target).forEach((value, name) => {
      if (typeof value === 'string') answers.current[name] = value;
    });
  }

  async function finish(goOn: () => void) {
    if (isBusy.current) return;
    isBusy.current = true;
    setError(undefined);
    const message = await createAccount(answers.current).catch(
      () => 'The account could not be created. Try again in a moment.',
    );
    isBusy.current = false;
    if (message === undefined) goOn();
    else setError(message);
  }

  return { collect, finish, notice: <FormError message={error} /> };
}

/** What went wrong, in words for the person; undefined when they are signed in. */
async function createAccount(answers: Record<string, string>): Promise<string | undefined> {
  const { email = '', password = '', firstName = '', lastName = '' } = answers;
  const name = answers.name ?? `${firstName} ${lastName}`;
  // The operator's token for an owner's account comes behind the #, which browsers do not send and logs do not show.
  const setupToken = new URLSearchParams(window.location.hash.slice(1)).get('setup') ?? undefined;
  const response = await fetch('/api/auth/register', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, email, password, setupToken }),
  });
  if (!response.ok) {
    const body: { error?: string } = await response.json();
    return body.error ?? 'The account could not be created.';
  }
  const session = await signIn('credentials', { email, password, redirect: false });
  return session?.ok ? undefined : 'Your account was created. Sign in with it.';
}
