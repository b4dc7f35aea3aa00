'use client';

import Link from 'next/link';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import FormError from '@/components/auth/FormError';
import FormNotice from '@/components/auth/FormNotice';
import SubmitButton, { FormPending } from '@/components/auth/SubmitButton';
import { BUTTON, FIELD, LABEL, LINK, TEXT } from '@/components/auth/look';
import { useLinkToken } from '@/hooks/useLinkToken';
import { PASSWORD_MAX, PASSWORD_MIN } from '@/lib/password-rule';
import { postJson } from '@/lib/post-json';

/** Asks for the new password twice and sends it with the token from the emailed link. */
export default function ResetPasswordForm() {
  const { token, forget } = useLinkToken('reset-password');
  const [error, setError] = useState<string>();
  const [ended, setEnded] = useState<'done' | 'bad link'>();
  const [isPending, setPending] = useState(false);
  const [tries, setTries] = useState(0);

  // Opening a newer link in the same tab starts over.
  useEffect(() => {
    if (!token) return;
    setEnded(undefined);
    setError(undefined);
  }, [token]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending || !token) return;
    const fields = new FormData(event.currentTarget);
    const password = fields.get('password');
    setError(undefined);
    setTries((count) => count + 1);
    if (password !== fields.get('repeated')) return setError("The passwords don't match.");
    setPending(true);
    const answer = await postJson('/api/auth/reset-password', { token, password });
    setPending(false);
    if (!answer.isOk && answer.body.code !== 'bad_link') return setError(answer.error);
    setEnded(answer.isOk ? 'done' : 'bad link');
    if (!answer.isOk) setError(answer.error);
    forget(token);
  }

  if (ended === 'done')
    return (
      <FormNotice>
        Your password is set. <PageLink href="/sign-in">Sign in</PageLink>
      </FormNotice>
    );
  // A newer link may have been opened while the older one was being submitted.
  if (ended === 'bad link' && !token)
    return (
      <FormNotice>
        This link has expired or was already used. <PageLink href="/forgot-password">Ask for a new one</PageLink>
      </FormNotice>
    );
  if (token === undefined) return null;
  if (token === '')
    return (
      <p className={TEXT}>
        This link is incomplete. <PageLink href="/forgot-password">Ask for a new one</PageLink>
      </p>
    );
  return (
    <FormPending.Provider value={isPending}>
      <form onSubmit={submit} aria-busy={isPending} className="space-y-4">
        <Password name="password">New password, at least {PASSWORD_MIN} characters</Password>
        <Password name="repeated">Repeat the new password</Password>
        {/* A new one for each try, so that the same error is announced again. */}
        <FormError key={tries} message={error} />
        <SubmitButton className={BUTTON} pending="Saving…">
          Set new password
        </SubmitButton>
        <p className={TEXT}>
          Link not working? <PageLink href="/forgot-password">Ask for a new one</PageLink>
        </p>
      </form>
    </FormPending.Provider>
  );
}

function Password({ name, children }: { name: string; children: ReactNode }) {
  return (
    <label className={LABEL}>
      {children}
      <input
        type="password"
        name={name}
        required
        minLength={PASSWORD_MIN}
        maxLength={PASSWORD_MAX}
        autoComplete="new-password"
        className={FIELD}
      />
    </label>
  );
}

function PageLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className={LINK}>
      {children}
    </Link>
  );
}
