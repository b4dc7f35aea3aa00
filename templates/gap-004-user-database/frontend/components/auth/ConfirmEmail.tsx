'use client';

import { getSession } from 'next-auth/react';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import ConfirmationLink from '@/components/auth/ConfirmationLink';
import FormError from '@/components/auth/FormError';
import FormNotice from '@/components/auth/FormNotice';
import SubmitButton, { FormPending } from '@/components/auth/SubmitButton';
import { BUTTON, LINK, TEXT } from '@/components/auth/look';
import { useLinkToken } from '@/hooks/useLinkToken';
import { postJson } from '@/lib/post-json';

/** Where people go once their address is confirmed. */
const NEXT = '/dashboard';

/**
 * What the mailed link opens. A person presses the button: scanners of mail open links too, some run their scripts,
 * and none of them may prove that an address belongs to whoever typed it into the sign-up form.
 */
export default function ConfirmEmail() {
  const { token, forget } = useLinkToken('confirm-email');
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const [isDone, setDone] = useState(false);

  async function confirm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    setPending(true);
    setError(undefined);
    const answer = await postJson('/api/auth/confirm-email', { token });
    if (answer.isOk) {
      const session = await getSession().catch(() => null);
      forget();
      setDone(true);
      // A whole new page: what this one knows of the session is from before.
      if (session?.user) window.location.assign(NEXT);
    } else {
      setError(answer.error);
      if (answer.code === 'bad_link') forget();
    }
    setPending(false);
  }

  if (isDone) {
    return (
      <FormNotice>
        Your email address is confirmed.{' '}
        <Link href={`/sign-in?callbackUrl=${NEXT}`} className={LINK}>
          Sign in
        </Link>
      </FormNotice>
    );
  }
  if (token === undefined) return null;
  return (
    <div className="space-y-4">
      <FormError message={error} />
      {token === '' ? (
        <ConfirmationLink next={NEXT} />
      ) : (
        <FormPending.Provider value={isPending}>
          <form onSubmit={confirm} aria-busy={isPending} className="space-y-4">
            <p className={TEXT}>Did you sign up here with the address that this email came to? Then confirm it.</p>
            <SubmitButton className={BUTTON} pending="Confirming…">
              Confirm my email
            </SubmitButton>
            <p className={TEXT}>If it was not you, close this page. Without you, nobody can use that account.</p>
          </form>
        </FormPending.Provider>
      )}
    </div>
  );
}
