import { findUserByEmail } from '@/lib/db/users';
import { canSendMail, PRODUCT, sendMail } from '@/lib/mail';

/** Tells the owner of an account, if there is one, that somebody tries passwords. The try does not wait for it. */
export function alarmOwner(email: string): void {
  const user = findUserByEmail(email);
  if (!user?.emailVerifiedAt || !canSendMail()) return;
  sendMail({
    to: user.email,
    subject: `Someone is trying to sign in to your ${PRODUCT} account`,
    text: [
      `There were many failed attempts to sign in to your ${PRODUCT} account within an hour.`,
      'For the next hour it can be opened only from places where you signed in before, or after a password reset.',
      'If your password is long and used nowhere else, there is nothing to do. If not, choose a new one.',
    ].join('\n\n'),
  }).catch(() => undefined);
}
