import { createResetToken, endEarlierResetTokens, RESET_MINUTES } from '@/lib/db/password-resets';
import type { User } from '@/lib/db/users';
import { canSendMail, type Mail, mailLink, PRODUCT, sendMail } from '@/lib/mail';

const PAGE = '/reset-password';

/**
 * Mails the link to a new password to the stored address: what was typed may only look like it. In development it is
 * printed without mail.
 */
export async function mailResetLink({ id, email }: Pick<User, 'id' | 'email'>): Promise<void> {
  // Before a token is made: where no link can be made or sent, the one before it stays good.
  const { host } = new URL(mailLink(PAGE, ''));
  if (!canSendMail() && !isDevelopment()) throw new Error('RESEND_API_KEY or EMAIL_FROM is not set');
  const token = createResetToken(id);
  const link = mailLink(PAGE, token);
  if (!canSendMail()) return console.info(`No mail is set up. The link for ${email}: ${link}`);
  const isSent = await send({
    to: email,
    subject: `Reset your ${PRODUCT} password`,
    text: [
      `Someone, most likely you, asked to reset the password of your ${PRODUCT} account at ${host}.`,
      `Choose a new password within ${RESET_MINUTES} minutes:\n${link}`,
      'If it was not you, ignore this email. Your password stays as it is.',
    ].join('\n\n'),
  });
  if (isSent) endEarlierResetTokens(id, token);
}

/** Tells the owner of an account that its password changed: whoever changed it may not have been them. */
export async function mailPasswordChanged(to: string): Promise<void> {
  if (!canSendMail() && isDevelopment())
    return console.info(`No mail is set up. ${to} was not told that the password changed`);
  const page = new URL(mailLink('/forgot-password', ''));
  page.hash = '';
  await send({
    to,
    subject: `Your ${PRODUCT} password was changed`,
    text: [
      `The password of your ${PRODUCT} account at ${page.host} was changed, and every device was signed out.`,
      `If it was not you, reset it at once:\n${page.href}`,
    ].join('\n\n'),
  });
}

/** Whether the email has left. One that has not is in the log already, with its cause. */
function send(mail: Mail): Promise<boolean> {
  return sendMail(mail).then(
    () => true,
    () => false,
  );
}

function isDevelopment(): boolean {
  return process.env.NODE_ENV !== 'production';
}
