import { Resend } from 'resend';
import { RESET_MINUTES } from '@/lib/db/password-resets';

/**
 * Mails the link to a new password. The link starts with the configured address of this site, never with the Host
 * header, which whoever asks can choose.
 */
export async function mailResetLink(to: string, token: string): Promise<void> {
  const link = new URL('/reset-password', required('NEXTAUTH_URL'));
  link.searchParams.set('token', token);
  await send(to, 'Set a new password', [
    'Somebody, most likely you, asked for a new password for your account.',
    `Set it here within ${RESET_MINUTES} minutes: ${link}`,
    'If it was not you, there is nothing to do: your password stays as it is.',
  ]);
}

/** Tells the owner of an account that its password changed: whoever changed it may not have been them. */
export async function mailPasswordChanged(to: string): Promise<void> {
  await send(to, 'Your password was changed', [
    'The password of your account was changed, and every device was signed out.',
    'If it was not you, ask for a new password at once and tell us.',
  ]);
}

async function send(to: string, subject: string, paragraphs: readonly string[]): Promise<void> {
  const resend = new Resend(required('RESEND_API_KEY'));
  const { error } = await resend.emails.send({
    from: required('EMAIL_FROM'),
    to,
    subject,
    text: paragraphs.join('\n\n'),
  });
  if (error) throw new Error(`Resend: ${error.message}`);
}

/** Compose passes a variable that is not set on as an empty one. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
