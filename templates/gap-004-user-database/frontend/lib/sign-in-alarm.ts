import { findUserByEmail } from '@/lib/db/users';
import { canSendMail, PRODUCT, sendMail } from '@/lib/mail';

/** Warns the account's owner, if any, that someone is guessing passwords. The sign-in attempt does not wait for it. */
export function alarmOwner(email: string): void {
  const user = findUserByEmail(email);
  if (!user?.emailVerifiedAt || !canSendMail()) return;
  sendMail({
    to: user.email,
    subject: `Someone is trying to sign in to your ${PRODUCT} account`,
    text: [
      `There were many failed attempts to sign in to your ${PRODUCT} account within an hour.`,
      'For up to an hour, you can sign in only from places where you have signed in before, or after a password reset.',
      'If your password is long and you use it nowhere else, you do not need to do anything. Otherwise, choose a new one.',
    ].join('\n\n'),
  }).catch(() => undefined);
}
