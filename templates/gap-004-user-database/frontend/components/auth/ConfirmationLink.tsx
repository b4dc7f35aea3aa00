'use client';

import type { Session } from 'next-auth';
import { getSession } from 'next-auth/react';
import Link from 'next/link';
import { type FormEvent, useEffect, useState } from 'react';
import FormError from '@/components/auth/FormError';
import SubmitButton, { FormPending } from '@/components/auth/SubmitButton';
import { BUTTON, LINK, TEXT } from '@/components/auth/look';
import { postJson } from '@/lib/post-json';

/** For who waits for the mail with the link, or needs another one. */
export default function ConfirmationLink({ next }: { next: string }) {
  const [session, setSession] = useState<Session | null>();
  useEffect(() => {
    void getSession().then(setSession);
  }, []);

  if (session === undefined) return <p className={TEXT}>One moment…</p>;
  if (session?.unconfirmedEmail) return <SendAgain email={session.unconfirmedEmail} next={next} />;
  if (session?.isUnavailable)
    return <p className={TEXT}>Your account is not available right now. Try again in a few minutes.</p>;
  if (session?.user) {
    return (
      <p className={TEXT}>
        Your email address is confirmed.{' '}
        <Link href={next} className={LINK}>
          Continue
        </Link>
      </p>
    );
  }
  return (
    <p className={TEXT}>
      <Link href="/sign-in?callbackUrl=/confirm-email" className={LINK}>
        Sign in
      </Link>{' '}
      to get a new link.
    </p>
  );
}

function SendAgain({ email, next }: { email: string; next: string }) {
  const [error, setError] = useState<string>();
  const [notice, setNotice] = useState('');
  const [isPending, setPending] = useState(false);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    setPending(true);
    setError(undefined);
    setNotice('');
    const answer = await postJson('/api/auth/confirm-email/send', {});
    if (answer.status === 409) return window.location.assign(next);
    setPending(false);
    if (answer.isOk) setNotice('A new link is on its way. The earlier ones no longer work.');
    else setError(answer.error);
  }

  return (
    <FormPending.Provider value={isPending}>
      <form onSubmit={send} aria-busy={isPending} className="space-y-4">
        <p className={TEXT}>
          We sent a link to <strong className="break-words">{email}</strong>. Open it within 24 hours to confirm that
          the address is yours. If it does not arrive, check your spam folder.
        </p>
        <FormError message={error} />
        <p role="status" className={TEXT}>
          {notice}
        </p>
        <SubmitButton className={BUTTON} pending="Sending…">
          Send again
        </SubmitButton>
      </form>
    </FormPending.Provider>
  );
}
