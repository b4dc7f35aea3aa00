'use client';

import type { Session } from 'next-auth';
import { getSession, signOut } from 'next-auth/react';
import Link from 'next/link';
import { type FormEvent, useEffect, useState } from 'react';
import FormError from '@/components/auth/FormError';
import SubmitButton, { FormPending } from '@/components/auth/SubmitButton';
import { BUTTON, LINK, TEXT } from '@/components/auth/look';
import { postJson } from '@/lib/post-json';

/** For whoever waits for the mail with the link, or needs another one. */
export default function ConfirmationLink({ next, error }: { next: string; error: string | undefined }) {
  const [session, setSession] = useState<Session | null>();
  useEffect(() => {
    void getSession().then(setSession);
  }, []);

  if (session === undefined) return <p className={TEXT}>One moment…</p>;
  if (session?.unconfirmedEmail) return <SendAgain email={session.unconfirmedEmail} next={next} linkError={error} />;
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
    <div className="space-y-4">
      <FormError message={error} />
      <p className={TEXT}>
        <Link href="/sign-in?callbackUrl=/confirm-email" className={LINK}>
          Sign in
        </Link>{' '}
        to get a new link.
      </p>
    </div>
  );
}

interface SendAgainProps {
  readonly email: string;
  readonly next: string;
  /** What is wrong with the link that was opened. */
  readonly linkError: string | undefined;
}

function SendAgain({ email, next, linkError }: SendAgainProps) {
  const [error, setError] = useState(linkError);
  const [notice, setNotice] = useState('');
  const [isPending, setPending] = useState(false);
  const [isSent, setSent] = useState(true);
  // Sign-up says so when its first mail failed.
  useEffect(() => setSent(new URLSearchParams(window.location.search).get('sent') !== 'no'), []);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    setPending(true);
    setError(undefined);
    setNotice('');
    const answer = await postJson('/api/auth/confirm-email/send', {});
    if (answer.status === 409) return window.location.assign(next);
    setPending(false);
    if (answer.isOk) {
      setSent(true);
      setNotice('A new link is on its way. The earlier ones no longer work.');
    } else {
      setError(answer.error);
    }
  }

  return (
    <FormPending.Provider value={isPending}>
      <form onSubmit={send} aria-busy={isPending} className="space-y-4">
        <FormError message={error} />
        <p className={TEXT}>
          {isSent ? 'We sent a link to ' : 'We could not send the link to '}
          <strong className="break-words">{email}</strong>.{' '}
          {isSent
            ? 'Open it within 24 hours to confirm that the address is yours. If it does not arrive, check your spam folder.'
            : 'Try again in a few minutes.'}
        </p>
        <p role="status" className={TEXT}>
          {notice}
        </p>
        <SubmitButton className={BUTTON} pending="Sending…">
          Send again
        </SubmitButton>
        <p className={TEXT}>
          Is the address wrong?{' '}
          <button type="button" onClick={() => signOut({ callbackUrl: '/sign-up' })} className={LINK}>
            Sign up with another one
          </button>
        </p>
      </form>
    </FormPending.Provider>
  );
}
