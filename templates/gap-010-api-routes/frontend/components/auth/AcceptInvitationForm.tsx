'use client';

import { signIn } from 'next-auth/react';
import Link from 'next/link';
import { type FormEvent, type InputHTMLAttributes, useState } from 'react';
import { z } from 'zod';
import FormError from '@/components/auth/FormError';
import FormNotice from '@/components/auth/FormNotice';
import SubmitButton, { FormPending } from '@/components/auth/SubmitButton';
import { BUTTON, FIELD, LABEL, LINK, TEXT } from '@/components/auth/look';
import { useLinkToken } from '@/hooks/useLinkToken';
import { askApi } from '@/lib/api/client';
import { PASSWORD_MAX, PASSWORD_MIN } from '@/lib/password-rule';

/** Where people go once they have an account. */
const HOME = '/dashboard';

const Accepted = z.object({ email: z.string() });

/** Asks for a name and a password, creates the account that the emailed link is for, and signs in. */
export default function AcceptInvitationForm() {
  const { token, forget } = useLinkToken('accept-invitation');
  const [error, setError] = useState<string>();
  const [ended, setEnded] = useState<'done' | 'has account' | 'bad link'>();
  const [isPending, setPending] = useState(false);
  const [tries, setTries] = useState(0);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending || !token) return;
    const fields = new FormData(event.currentTarget);
    const [name, password] = [String(fields.get('name') ?? ''), String(fields.get('password') ?? '')];
    setError(undefined);
    setTries((count) => count + 1);
    setPending(true);
    const asked = await askApi('/api/invite/accept', Accepted, { body: { token, name, password } });
    if (asked.isOk) {
      setEnded('done');
      forget(token);
      const { email } = asked.data;
      const answer = await signIn('credentials', { email, password, redirect: false }).catch(() => undefined);
      if (answer?.ok) window.location.assign(HOME);
      return;
    }
    setPending(false);
    const isOver = asked.code === 'bad_link' || asked.code === 'has_account';
    if (!isOver) return setError(asked.error);
    forget(token);
    setEnded(asked.code === 'bad_link' ? 'bad link' : 'has account');
  }

  if (ended === 'done' || ended === 'has account')
    return (
      <FormNotice>
        {ended === 'done' ? 'Your account is ready.' : 'You have an account already.'}{' '}
        <Link href="/sign-in" className={LINK}>
          Sign in
        </Link>
      </FormNotice>
    );
  if (ended === 'bad link' && !token)
    return <FormNotice>This invitation has expired or was already used. Ask for a new one.</FormNotice>;
  if (token === undefined) return null;
  if (token === '') return <p className={TEXT}>This link is incomplete. Open the one in your invitation again.</p>;
  return (
    <FormPending.Provider value={isPending}>
      <form onSubmit={submit} aria-busy={isPending} className="space-y-4">
        <Field label="Your name" name="name" maxLength={100} autoComplete="name" />
        <Field
          label={`Password, at least ${PASSWORD_MIN} characters`}
          type="password"
          name="password"
          minLength={PASSWORD_MIN}
          maxLength={PASSWORD_MAX}
          autoComplete="new-password"
        />
        {/* A new one for each try, so that the same error is announced again. */}
        <FormError key={tries} message={error} />
        <SubmitButton className={BUTTON} pending="Creating your account…">
          Create account
        </SubmitButton>
      </form>
    </FormPending.Provider>
  );
}

function Field({ label, ...input }: InputHTMLAttributes<HTMLInputElement> & { label: string }) {
  return (
    <label className={LABEL}>
      {label}
      <input required className={FIELD} {...input} />
    </label>
  );
}
