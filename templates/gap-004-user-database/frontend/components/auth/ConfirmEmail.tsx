'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import ConfirmationLink from '@/components/auth/ConfirmationLink';
import FormError from '@/components/auth/FormError';
import FormNotice from '@/components/auth/FormNotice';
import { BUTTON, LINK, TEXT } from '@/components/auth/look';
import { useLinkToken } from '@/hooks/useLinkToken';
import { type Posted, postJson } from '@/lib/post-json';

/** Where people go who have just confirmed their address. */
const WELCOME = '/dashboard';
/** Where they go who did that before. */
const HOME = '/dashboard';

/**
 * What the mailed link opens. It confirms at once, without another click: the server asks for the session of the
 * person who signed up as well as for the link, and scanners of mail, which open links too, have none.
 */
export default function ConfirmEmail() {
  const { token, forget } = useLinkToken('confirm-email');
  const isBusy = useRef(false);
  const [answer, setAnswer] = useState<Posted>();
  const [tries, setTries] = useState(1);

  useEffect(() => {
    if (!token || isBusy.current) return;
    isBusy.current = true;
    // A newer link, opened in the same tab, starts over.
    setAnswer(undefined);
    void postJson('/api/auth/confirm-email', { token }).then((posted) => {
      isBusy.current = false;
      setAnswer(posted);
      if (posted.isOk || posted.body.code === 'bad_link') forget();
      // A whole new page: what this one knows of the session is from before.
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
        with the account that you created, and this address is confirmed. If you did not create one, ignore the email.
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
