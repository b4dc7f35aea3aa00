import { createConfirmation, endEarlierConfirmations } from '@/lib/db/email-confirmations';
import { CONFIRMATION_HOURS, type User } from '@/lib/db/users';
import { canSendMail, mailLink, PRODUCT, sendMail } from '@/lib/mail';

/** Mails the link that confirms an address; the links before it end. In development it is printed without mail. */
export async function sendConfirmation({ id, email }: Pick<User, 'id' | 'email'>): Promise<void> {
  const path = '/confirm-email';
  // Before a token is made: without the address of this site there is no link, and the one before it stays good.
  mailLink(path, '');
  const token = createConfirmation(id);
  const link = mailLink(path, token);
  if (process.env.NODE_ENV !== 'production' && !canSendMail()) {
    console.info(`No mail is set up. The link for ${email}: ${link}`);
    return;
  }
  await sendMail({
    to: email,
    subject: `Confirm your email address for ${PRODUCT}`,
    text: [
      `Somebody, most likely you, created an account for this address at ${PRODUCT}.`,
      `Confirm that it is yours within ${CONFIRMATION_HOURS} hours: ${link}`,
      'If you did not create an account, ignore this email. Nobody can use the account before it is confirmed.',
    ].join('\n\n'),
  });
  endEarlierConfirmations(id, token);
}
