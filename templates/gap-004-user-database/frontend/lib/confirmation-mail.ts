import { createConfirmation, endEarlierConfirmations } from '@/lib/db/email-confirmations';
import { CONFIRMATION_HOURS, type User } from '@/lib/db/users';
import { canSendMail, mailLink, PRODUCT, sendMail } from '@/lib/mail';

/** Emails the confirmation link and ends earlier ones. In development without mail, prints the link instead. */
export async function sendConfirmation({ id, email }: Pick<User, 'id' | 'email'>): Promise<void> {
  const path = '/confirm-email';
  // Throws before a token is created if the site's address is not set, so the previous link stays valid.
  mailLink(path, '');
  const token = createConfirmation(id);
  const link = mailLink(path, token);
  if (process.env.NODE_ENV !== 'production' && !canSendMail()) {
    console.info(`Mail is not set up. The link for ${email}: ${link}`);
    return;
  }
  await sendMail({
    to: email,
    subject: `Confirm your email address for ${PRODUCT}`,
    text: [
      `Someone, most likely you, created an account at ${PRODUCT} with this address.`,
      `To confirm that the address is yours, open this link within ${CONFIRMATION_HOURS} hours: ${link}`,
      'If you did not create an account, ignore this email. Nobody can use the account before it is confirmed.',
    ].join('\n\n'),
  });
  endEarlierConfirmations(id, token);
}
