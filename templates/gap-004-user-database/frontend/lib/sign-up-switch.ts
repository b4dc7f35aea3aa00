import { canSendMail } from '@/lib/mail';

/**
 * Whether strangers may create accounts: SIGN_UP=open or closed. Without it sign-up is open in development and closed
 * in production, and it stays closed there while no confirmation can be mailed. Owners with the setup token and
 * people who come from Google get in regardless: their addresses are proven.
 */
export function isSignUpOpen(): boolean {
  const isProduction = process.env.NODE_ENV === 'production';
  const wanted = process.env.SIGN_UP || (isProduction ? 'closed' : 'open');
  return wanted === 'open' && (!isProduction || (canSendMail() && Boolean(process.env.NEXTAUTH_URL)));
}
