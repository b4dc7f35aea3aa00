'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import ConfirmationLink from '@/components/auth/ConfirmationLink';
import FormError from '@/components/auth/FormError';
import FormNotice from '@/components/auth/FormNotice';
import { BUTTON, LINK, TEXT } from '@/components/auth/look';
import { useLinkToken } from '@/hooks/useLinkToken';
import { type Posted, postJson } from '@/lib/post-json';

/** Where people go right after they confirm their address. */
const WELCOME = '/dashboard';
/** Where people go if their address was already confirmed. */
const HOME = '/dashboard';

/**
 * The page behind the emailed link. It confirms without another click: the server requires the session of the person
 * who signed up as well as the link, and mail scanners, which also open links, have no session.
 */
export default function ConfirmEmail() {
  const { token, forget } = useLinkToken('confirm-email');
  const isBusy = useRef(false);
  const [answer, setAnswer] = useState<Posted>();
  const [tries, setTries] = useState(1);

  useEffect(() => {
    if (!token || isBusy.current) return;
    isBusy.current = true;
    // Opening a newer link in the same tab starts over.
    setAnswer(undefined);
    void postJson('/api/auth/confirm-email', { token }).then((posted) => {
      isBusy.current = false;
      setAnswer(posted);
      if (posted.isOk || posted.body.code === 'bad_link') forget(token);
      // A full page load, because the session that this page holds is out of date.
      if (posted.isOk) window.location.assign(WELCOME);
    });
  }, [token, forget, tries]);

  if (answer?.isOk) return <FormNotice>Your email address is confirmed.</FormNotice>;
  if (token === '') return <ConfirmationLink next={HOME} error={answer?.error} />;
  if (!answer) {
    return (
      <p role="status" className={TEXT}>
        Confirming your email address…
      </p>
    );
  }
  if (answer.body.code === 'sign_in_first') {
    return (
      <p className={TEXT}>
        <Link href="/sign-in?callbackUrl=/confirm-email" className={LINK}>
          Sign in
        </Link>{' '}
        with the account that you created, and this address will be confirmed. If you did not create one, ignore the
        email.
      </p>
    );
  }
  return (
    <div className="space-y-4">
      <FormError message={answer.error} />
      <button type="button" onClick={() => setTries(tries + 1)} className={BUTTON}>
        Try again
      </button>
    </div>
  );
}
