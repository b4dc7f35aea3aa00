import { createResetToken, endEarlierResetTokens, RESET_MINUTES } from '@/lib/db/password-resets';
import type { User } from '@/lib/db/users';
import { canSendMail, type Mail, mailLink, PRODUCT, sendMail } from '@/lib/mail';

const PAGE = '/reset-password';

/**
 * Emails the reset link to the stored address, because the typed one may only look like it. In development without
 * mail, prints the link instead.
 */
export async function mailResetLink({ id, email }: Pick<User, 'id' | 'email'>): Promise<void> {
  // Throws before a token is created if no link can be made or sent, so the previous link stays valid.
  const { host } = new URL(mailLink(PAGE, ''));
  if (!canSendMail() && !isDevelopment()) throw new Error('RESEND_API_KEY or EMAIL_FROM is not set');
  const token = createResetToken(id);
  const link = mailLink(PAGE, token);
  if (!canSendMail()) return console.info(`Mail is not set up. The link for ${email}: ${link}`);
  const isSent = await send({
    to: email,
    subject: `Reset your ${PRODUCT} password`,
    text: [
      `Someone, most likely you, asked to reset the password for your ${PRODUCT} account at ${host}.`,
      `Choose a new password within ${RESET_MINUTES} minutes:\n${link}`,
      'If this was not you, ignore this email. Your password stays the same.',
    ].join('\n\n'),
  });
  if (isSent) endEarlierResetTokens(id, token);
}

/** Tells an account's owner that its password changed, because someone else may have changed it. */
export async function mailPasswordChanged(to: string): Promise<void> {
  if (!canSendMail() && isDevelopment())
    return console.info(`Mail is not set up. ${to} was not told that the password changed`);
  const page = new URL(mailLink('/forgot-password', ''));
  page.hash = '';
  await send({
    to,
    subject: `Your ${PRODUCT} password was changed`,
    text: [
      `The password for your ${PRODUCT} account at ${page.host} was changed, and every device was signed out.`,
      `If this was not you, reset it right away:\n${page.href}`,
    ].join('\n\n'),
  });
}

/** Returns whether the email was sent. sendMail() has already logged any failure with its cause. */
function send(mail: Mail): Promise<boolean> {
  return sendMail(mail).then(
    () => true,
    () => false,
  );
}

function isDevelopment(): boolean {
  return process.env.NODE_ENV !== 'production';
}
